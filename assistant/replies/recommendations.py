"""Next-best-product lists and the sums behind them, as blocks."""

from collections.abc import Sequence

from assistant.names import Intent
from assistant.replies.blocks import (
    Block,
    Choice,
    Choices,
    Column,
    Details,
    Heading,
    Note,
    Source,
    Table,
    Text,
)
from assistant.replies.buttons import payload
from assistant.replies.money import chance, share
from assistant.replies.outcomes import Offer, outcome_buttons
from assistant.replies.plays import with_play
from assistant.replies.reasons import ReasonWords
from assistant.replies.templates import Language, Words
from assistant.services.recommending import FIRST_SHOWN, ClientProducts, Explanation
from recommender.results import HeldBack, Suggestion

_MAIN_FACTORS = 8
_DIGITS = 3
_OTHER_KIND = "client_kind"


class RecommendationPresenter:
    """Says recommendations in one language."""

    def __init__(self, words: Words, language: Language) -> None:
        self._words = words
        self._language = language

    def products(self, answer: ClientProducts) -> list[Block]:
        """Return a client's next products, and what is held back and why."""
        told = ReasonWords(self._words, self._language, answer.products, answer.terms)
        found = answer.recommendation
        shown = found.suggestions[answer.first : answer.first + FIRST_SHOWN]
        heading = self._say(
            "heading", client=self.client(answer.client), number=answer.client.client_id
        )
        blocks: list[Block] = [Heading(heading)]
        if shown:
            rows = [self._product_row(told, answer, suggestion) for suggestion in shown]
            blocks.append(Table(self._columns("columns", right="chance share"), rows))
            blocks.append(Source(self._say("peers", count=shown[0].peer_count)))
            blocks += self._marks(shown)
        else:
            blocks.append(Note(self._say("no_more" if answer.first else "none_left")))
        if found.unknown_attributes:
            names = [
                self._words.label(self._language, "attributes.names", unknown.name)
                for unknown in found.unknown_attributes
            ]
            blocks.append(Note(self._say("unknown", names=self._list(names))))
        if found.held_back and not answer.first:
            blocks.append(self._held_back(told, found.held_back))
        blocks.append(Source(told.model(found.model_version, found.trained_at)))
        if buttons := self._product_buttons(told, answer, shown):
            blocks.append(Choices(buttons))
        offers = [
            Offer(answer.client.client_id, s.product_id, told.product(s.product_id)) for s in shown
        ]
        return [*blocks, *outcome_buttons(self._words, self._language, offers)]

    def explanation(self, answer: Explanation) -> list[Block]:
        """Return the sum behind a suggestion, or the rule that holds the product back."""
        told = ReasonWords(self._words, self._language, answer.products, answer.terms)
        client = self.client(answer.client)
        if answer.suggestion is None:
            return [self._not_suggested(told, answer, client)]
        suggestion = answer.suggestion
        product = told.product(suggestion.product_id)
        rank = self._say(
            "why_rank",
            rank=suggestion.rank,
            total=len(answer.recommendation.suggestions),
            count=suggestion.peer_count,
            share=share(suggestion.peer_share, self._language),
        )
        factors = _adding_up(told, suggestion)
        total = [self._say("why_total"), _signed(round(suggestion.score, _DIGITS))]
        columns = self._columns("why_columns", right="contribution")
        changed = [Note(self._say("model_changed"), "info")] if answer.changed else []
        return [
            Heading(self._say("why_heading", client=client, product=product)),
            *changed,
            Text(rank),
            Table(columns, [*self._folded(factors), total]),
            Text(self._say("why_sum")),
            Details(
                self._say("why_all", count=len(factors)),
                [Table(columns, [*([name, _signed(v)] for name, v in factors), total])],
            ),
            Source(
                told.model(answer.recommendation.model_version, answer.recommendation.trained_at)
            ),
        ]

    def client(self, client: object) -> str:
        """Return a client's name in the reader's language."""
        name_en = str(getattr(client, "name_en", "") or "")
        return name_en if self._language == "en" and name_en else str(getattr(client, "name", ""))

    def _product_row(
        self, told: ReasonWords, answer: ClientProducts, suggestion: Suggestion
    ) -> list[str]:
        product_id = suggestion.product_id
        play = answer.plays.get(product_id)
        return [
            self._say("ranked", rank=suggestion.rank, label=told.product(product_id)),
            chance(answer.chances.get(product_id, 0.0), self._language),
            share(suggestion.peer_share, self._language),
            with_play(
                self._words, self._language, play, answer.play_names, told.main(suggestion.reasons)
            ),
        ]

    def _product_buttons(
        self, told: ReasonWords, answer: ClientProducts, shown: Sequence[Suggestion]
    ) -> list[Choice]:
        client_id = answer.client.client_id
        buttons = [
            Choice(
                self._say("show_why", product=told.product(s.product_id)),
                payload(Intent.SHOW_SUM, product_id=s.product_id, client_id=client_id),
            )
            for s in shown[:2]
        ]
        if len(answer.recommendation.suggestions) > answer.first + len(shown):
            more = payload(Intent.SHOW_MORE, more="products", client_id=client_id)
            buttons.append(Choice(self._say("show_more"), more))
        return buttons

    def _held_back(self, told: ReasonWords, held_back: Sequence[HeldBack]) -> Details:
        by_rule: dict[tuple[str, str], list[str]] = {}
        for stop in sorted(held_back, key=lambda stop: stop.rule == _OTHER_KIND):
            group = told.rule(stop), told.lifting(stop)
            by_rule.setdefault(group, []).append(told.product(stop.product_id))
        rows = [[rule, lift, self._list(names)] for (rule, lift), names in by_rule.items()]
        table = Table(self._columns("held_back_columns"), rows)
        return Details(self._say("held_back", count=len(held_back)), [table])

    def _not_suggested(self, told: ReasonWords, answer: Explanation, client: str) -> Note:
        if answer.held_back is None:
            return Note(self._say("none_left"))
        product = told.product(answer.held_back.product_id)
        rule, lift = told.rule(answer.held_back), told.lifting(answer.held_back)
        return Note(
            self._say("why_held_back", product=product, client=client, rule=rule, lift=lift)
        )

    def _folded(self, factors: Sequence[tuple[str, float]]) -> list[list[str]]:
        """Return the largest factors, and the others as one row, so that the sum still holds."""
        main, others = factors[:_MAIN_FACTORS], factors[_MAIN_FACTORS:]
        rows = [[name, _signed(value)] for name, value in main]
        if others:
            rest = sum(value for _, value in others)
            rows.append([self._say("why_others", count=len(others)), _signed(rest)])
        return rows

    def _marks(self, shown: Sequence[Suggestion]) -> list[Block]:
        marks = dict.fromkeys(mark for suggestion in shown for mark in suggestion.marks)
        return [Note(self._say(f"mark_{mark}")) for mark in marks]

    def _columns(self, table: str, right: str = "") -> list[Column]:
        labels = self._words.labels(self._language, f"recommend.{table}")
        return [
            Column(label, "right" if code in right.split() else "left")
            for code, label in labels.items()
        ]

    def _list(self, words: Sequence[str]) -> str:
        return self._words.say(self._language, "common.list", words=words)

    def _say(self, name: str, **values: object) -> str:
        return self._words.say(self._language, f"recommend.{name}", **values)


def _adding_up(told: ReasonWords, suggestion: Suggestion) -> list[tuple[str, float]]:
    """Return every factor rounded, the last taking up what rounding lost."""
    factors = [(told.reason(r), round(r.contribution, _DIGITS)) for r in suggestion.reasons]
    lost = round(suggestion.score, _DIGITS) - sum(value for _, value in factors)
    name, value = factors[-1]
    return [*factors[:-1], (name, round(value + lost, _DIGITS))]


def _signed(value: float) -> str:
    value = round(value, _DIGITS) + 0.0  # so that nothing is shown as minus zero
    return f"{value:+.{_DIGITS}f}"
