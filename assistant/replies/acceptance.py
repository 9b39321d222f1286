"""Acceptance figures as blocks: shares with their interval, or that there is too little to say."""

from collections.abc import Callable, Mapping, Sequence

from assistant.replies.blocks import Block, Column, Details, Figure, Heading, Note, Source, Table
from assistant.replies.money import chance
from assistant.replies.templates import Language, Words
from assistant.services.outcomes import OutcomeFigures
from crm.outcomes.reports import Acceptance
from crm.outcomes.shares import FEWEST, Difference, Share
from crm.terms import Role

type _Naming = Callable[[str | None], str]


def present_acceptance(words: Words, language: Language, found: OutcomeFigures) -> list[Block]:
    """Return acceptance as a whole, by product, manager, play and model, and the uplift."""
    teller = _Teller(words, language, found)
    report = found.report
    blocks: list[Block] = [
        Heading(words.say(language, f"acceptance.heading_{found.employee.role}"))
    ]
    if not report.by_product:
        return [*blocks, Note(words.say(language, "acceptance.nothing"))]
    blocks.append(teller.whole(report.whole))
    blocks.append(teller.table("products", report.by_product, teller.product))
    if found.employee.role is Role.LEADER:
        blocks.append(teller.table("managers", report.by_manager, teller.manager))
    more = [
        teller.table("plays", report.by_play, teller.play),
        teller.table("models", report.by_model, teller.model),
    ]
    blocks.append(Details(words.say(language, "acceptance.more"), more))
    if report.uplift is not None:
        blocks.append(Note(teller.uplift(report.uplift)))
    since = words.say(language, "acceptance.since", since=report.since.isoformat(), fewest=FEWEST)
    return [*blocks, Source(since)]


class _Teller:
    def __init__(self, words: Words, language: Language, found: OutcomeFigures) -> None:
        self._words = words
        self._language = language
        self._found = found

    def whole(self, row: Acceptance) -> Block:
        """Return the one figure, or that there is too little for one."""
        counts = self._say(
            "counts",
            hits=row.accepted.hits,
            total=row.accepted.total,
            sold=row.sold,
            waiting=row.waiting,
            wrong=row.wrong,
        )
        if not row.accepted.enough:
            return Note(self._say("too_few", counts=counts, fewest=FEWEST))
        label = self._say("whole")
        return Figure(
            label,
            chance(row.accepted.value, self._language),
            f"{self._range(row.accepted)} · {counts}",
        )

    def table(self, cut: str, rows: Sequence[Acceptance], name: _Naming) -> Table:
        """Return one cut as a table."""
        labels = self._words.labels(self._language, "acceptance.columns")
        head = self._words.label(self._language, "acceptance.cuts", cut)
        columns = [Column(head), *(Column(label, "right") for label in labels.values())]
        return Table(columns, [self._row(row, name) for row in rows])

    def uplift(self, found: Difference) -> str:
        """Return what suggesting is worth, or that there is too little to say."""
        counts = {"shown": found.one.total, "withheld": found.other.total}
        if not found.enough:
            return self._say("uplift_too_few", **counts)
        low, high = found.interval
        return self._say(
            "uplift",
            **counts,
            difference=chance(found.value, self._language),
            low=chance(low, self._language),
            high=chance(high, self._language),
        )

    def product(self, key: str | None) -> str:
        product = self._found.products.get(str(key))
        if product is None:
            return str(key)
        return product.name_zh if self._language == "zh" else product.name_en

    def manager(self, key: str | None) -> str:
        employee = self._found.employees.get(str(key))
        if employee is None:
            return str(key)
        name = employee.name if self._language == "zh" else employee.name_en
        return f"{name} {key}"

    def play(self, key: str | None) -> str:
        names: Mapping[str, str] = self._found.play_names.get(str(key), {})
        return names.get(self._language) or self._say("no_play")

    def model(self, key: str | None) -> str:
        return key or self._say("no_model")

    def _row(self, row: Acceptance, name: _Naming) -> list[str]:
        accepted = row.accepted
        shown = self._range(accepted) if accepted.enough else self._say("few")
        return [
            name(row.key),
            f"{accepted.hits}/{accepted.total}",
            shown,
            str(row.sold),
            str(row.waiting),
        ]

    def _range(self, accepted: Share) -> str:
        low, high = accepted.interval
        return self._say(
            "range",
            value=chance(accepted.value, self._language),
            low=chance(low, self._language),
            high=chance(high, self._language),
        )

    def _say(self, name: str, **values: object) -> str:
        return self._words.say(self._language, f"acceptance.{name}", **values)
