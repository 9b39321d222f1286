"""The queue of open questions, the work on one of them, and disputes, as blocks."""

from collections.abc import Sequence
from datetime import datetime, tzinfo

from assistant.names import Intent
from assistant.replies.blocks import (
    Block,
    Choice,
    Choices,
    Column,
    Heading,
    Note,
    Source,
    Table,
    Text,
)
from assistant.replies.buttons import payload
from assistant.replies.gap_notices import shown
from assistant.replies.procedures import entry_choice
from assistant.replies.templates import Language, Words
from assistant.services.gaps.closing import Closed
from assistant.services.gaps.disputing import Dispute
from assistant.services.gaps.listing import SHOWN, GapQueue
from assistant.services.gaps.working import GapWork, Step
from crm.gaps.asks import Ask
from crm.terms import GapStatus
from knowledge.entries import Entry

_LONGEST_TITLE = 24
_BUTTONS = 6
_MOST_WORDINGS = 8


def with_note(words: Words, language: Language, blocks: Sequence[Block]) -> list[Block]:
    """Return an answer that was none, saying that the question is kept."""
    return [*blocks, Source(words.say(language, "gaps.noted"))]


class GapPresenter:
    """Shows gaps in one language, with the dates of one time zone."""

    def __init__(self, words: Words, language: Language, zone: tzinfo) -> None:
        self._words = words
        self._language = language
        self._zone = zone

    def queue(self, found: GapQueue, shown: int = SHOWN) -> list[Block]:
        """Return a page of the queue, with a button for each of the first."""
        if not found.gaps:
            return [Text(self._say("none_open"))]
        page = found.gaps[found.first : found.first + shown]
        labels = self._words.labels(self._language, "gaps.queue_columns")
        rows = [
            (
                f"#{gap.gap_id}",
                self._shown(gap.wording),
                str(gap.askers),
                self._day(gap.first_asked),
                self._name(found, gap.owner_id),
                self._due(gap.due_at, found.now),
            )
            for gap in page
        ]
        late = sum(gap.due_at <= found.now for gap in found.gaps)
        buttons = [
            self._gap_button(self._shortened(gap.gap_id, gap.wording), gap.gap_id, Step.LOOK)
            for gap in page[:_BUTTONS]
        ]
        if len(found.gaps) > found.first + shown:
            more = payload(Intent.LIST_GAPS, first=str(found.first + shown))
            buttons.append(Choice(self._say("more"), more))
        return [
            Heading(self._say("queue", count=len(found.gaps), late=late)),
            Table([Column(label) for label in labels.values()], rows),
            Choices(buttons),
        ]

    def work(self, work: GapWork) -> list[Block]:
        """Return what the owner looks at, types or decides next."""
        if work.wanted is not None:
            return self._wanted(work)
        return self._preview(work) if work.ready else self._look(work)

    def closed(self, closed: Closed, entry_id: str) -> list[Block]:
        """Return what became of a gap, and how many are told."""
        answered = closed.status is GapStatus.ANSWERED
        said = self._say("published" if answered else "rejected", told=closed.told)
        if not answered:
            return [Text(said)]
        button = payload(Intent.CHOOSE_ENTRY, entry_id=entry_id)
        return [Text(said), Choices([Choice(self._say("open_entry"), button)])]

    def joined(self, number: int) -> list[Block]:
        """Return that two gaps are one now."""
        button = self._gap_button(self._say("open_gap", number=number), number, Step.LOOK)
        return [Text(self._say("joined", number=number)), Choices([button])]

    def dispute(self, found: Dispute | None) -> list[Block]:
        """Return what may be meant instead, or that there is nothing to dispute."""
        if found is None:
            return [Text(self._say("nothing_to_dispute"))]
        if not found.alternatives:
            return [Text(self._say("disputed_nothing_else"))]
        choices = Choices([entry_choice(entry) for entry in found.alternatives])
        return [Text(self._say("disputed")), choices, Source(self._say("noted"))]

    def _look(self, work: GapWork) -> list[Block]:
        gap = work.gap
        labels = self._words.labels(self._language, "gaps.ask_columns")
        blocks: list[Block] = [
            Heading(self._say("gap", number=gap.gap_id, wording=self._shown(gap.wording))),
            Text(
                self._say("gap_facts", askers=gap.askers, asks=gap.asks, due=self._day(gap.due_at))
            ),
            Table([Column(label) for label in labels.values()], self._wordings(work.asks)),
        ]
        if work.maybe is not None:
            wording = self._shown(work.maybe.wording)
            said = self._say("maybe_same", number=work.maybe.gap_id, wording=wording)
            blocks.append(Note(said))
        return [*blocks, Text(self._say("what_to_do")), Choices(self._decisions(work))]

    def _decisions(self, work: GapWork) -> list[Choice]:
        number = work.gap.gap_id
        buttons = [self._gap_button(self._say("do_new"), number, Step.NEW)]
        for entry in work.nearest:
            title = self._say("do_entry", title=entry.title)
            buttons.append(self._gap_button(title, number, Step.ENTRY, entry_id=entry.entry_id))
        if work.maybe is not None:
            title = self._say("do_join", number=work.maybe.gap_id)
            into = str(work.maybe.gap_id)
            buttons.append(self._gap_button(title, number, Step.JOIN, gap_into=into))
        return [*buttons, self._gap_button(self._say("do_reject"), number, Step.REJECT)]

    def _wanted(self, work: GapWork) -> list[Block]:
        title = work.entry.title if work.entry else ""
        blocks: list[Block] = [Text(self._say(f"want_{work.wanted}", title=title))]
        nothing_yet = work.draft.answer_zh is None and work.draft.answer_en is None
        if work.entry is not None and nothing_yet:
            button = self._gap_button(
                self._say("do_as_it_is"),
                work.gap.gap_id,
                Step.AS_IT_IS,
                entry_id=work.entry.entry_id,
            )
            blocks.append(Choices([button]))
        return blocks

    def _preview(self, work: GapWork) -> list[Block]:
        askers, draft = work.gap.askers, work.draft
        if draft.step == Step.REJECT:
            said = [Text(self._say("preview_reject", askers=askers)), Text(str(draft.reason))]
            return [*said, Choices(self._last_word(work, "do_reject_now"))]
        blocks: list[Block] = [Text(self._say("preview", askers=askers))]
        if draft.step == Step.AS_IT_IS:
            title = work.entry.title if work.entry else ""
            blocks.append(Text(self._say("preview_as_it_is", title=title)))
        else:
            blocks += self._texts(work.entry, draft.title_zh, draft.answer_zh)
            blocks += self._texts(None, draft.title_en, draft.answer_en)
        return [*blocks, Choices(self._last_word(work, "do_publish"))]

    def _texts(self, entry: Entry | None, title: str | None, answer: str | None) -> list[Block]:
        heading = title or (entry.title if entry else None)
        return [*([Heading(heading)] if heading else []), Text(answer or "")]

    def _last_word(self, work: GapWork, key: str) -> list[Choice]:
        number = work.gap.gap_id
        buttons = [self._gap_button(self._say(key), number, Step.PUBLISH)]
        if work.draft.step != Step.AS_IT_IS:
            buttons.append(self._gap_button(self._say("do_change"), number, Step.CHANGE))
        return buttons

    def _wordings(self, asked: Sequence[Ask]) -> list[tuple[str, str, str]]:
        return [
            (
                self._shown(ask.text),
                self._words.label(self._language, "gaps.kinds", ask.kind),
                ask.asked_on.isoformat(),
            )
            for ask in asked[:_MOST_WORDINGS]
        ]

    def _gap_button(self, title: str, number: int, step: Step, **entities: str) -> Choice:
        meant = payload(Intent.WORK_ON_GAP, gap_id=str(number), gap_step=step, **entities)
        return Choice(title, meant)

    def _shortened(self, number: int, wording: str) -> str:
        text = self._shown(wording)
        longest = 2 * _LONGEST_TITLE if text.isascii() else _LONGEST_TITLE
        cut = text if len(text) <= longest else f"{text[: longest - 1]}…"
        return f"#{number} {cut}"

    def _name(self, found: GapQueue, owner_id: str) -> str:
        owner = found.owners[owner_id]
        return owner.name if self._language == "zh" else owner.name_en

    def _due(self, due: datetime, now: datetime) -> str:
        return self._say("late" if due <= now else "due", day=self._day(due))

    def _shown(self, text: str) -> str:
        return shown(self._words, self._language, text)

    def _say(self, key: str, **values: object) -> str:
        return self._words.say(self._language, f"gaps.{key}", **values)

    def _day(self, at: datetime) -> str:
        return at.astimezone(self._zone).date().isoformat()
