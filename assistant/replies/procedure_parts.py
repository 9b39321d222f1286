"""The parts of one entry as blocks, each of which can stand alone."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.replies.blocks import Block, Copyable, Items, Link, Source, Text
from assistant.replies.templates import Language, Words
from assistant.understanding.parts import Part
from knowledge.entries import Entry, Section

_LISTS: dict[Part, tuple[Section, ...]] = {
    Part.STEPS: ("steps",),
    Part.PAPERS: ("papers",),
    Part.MISTAKES: ("mistakes", "cautions"),
}
_FACTS = {
    Part.FORM: ("form",),
    Part.DURATION: ("duration",),
    Part.DEPARTMENT: ("department", "phone"),
    Part.DECISION: ("decided_by",),
}
_WHOLE = (Part.STEPS, Part.PAPERS)
_KINDS = ("corporate", "personal")


@dataclass(frozen=True, slots=True)
class EntryPresenter:
    """Shows an entry in one language.

    Attributes
    ----------
    client_kind
        For whom, where the entry differs by kind of client; None shows both.
    """

    words: Words
    language: Language
    entry: Entry
    client_kind: str | None = None

    def whole(self) -> list[Block]:
        """Return everything but what is told under the answer."""
        blocks = [block for part in _WHOLE for block in self.part(part)]
        for section in ("cautions", "mistakes"):
            blocks += self._section(section)
        return [*blocks, Text(self._facts())]

    def part(self, part: Part) -> list[Block]:
        """Return one part; where the entry says nothing of it, a sentence that says so."""
        if not self.has(part):
            return [Text(self._say(f"nothing_{part}"))]
        if part is Part.FORWARD:
            return [Copyable(self._say("forward_label"), self.forwardable())]
        if part in _LISTS:
            return [block for section in _LISTS[part] for block in self._section(section)]
        return [Text(self._say(f"fact_{part}", **self._values()))]

    def has(self, part: Part) -> bool:
        """Whether the entry says anything of a part."""
        if part is Part.FORWARD:
            return bool(self.entry.papers) and self.entry.client_kind != "none"
        names = _LISTS.get(part) or _FACTS[part]
        return any(getattr(self.entry, name) for name in names)

    def source(self) -> list[Block]:
        """Return what it rests on, since when, and where it can be read with its history."""
        entry = self.entry
        said = self._say(
            "source",
            source=entry.source,
            version=entry.version,
            since=entry.effective_from.isoformat(),
            until=entry.effective_to.isoformat() if entry.effective_to else "",
        )
        return [Source(said), Link(self._say("page"), f"/entries/{entry.entry_id}")]

    def forwardable(self) -> str:
        """Return what a client may read: papers, form and time, without internal remarks."""
        lines = self._forwarded_papers("both")
        for kind in self._kinds():
            more = self._forwarded_papers(kind)
            lines += [self._say("forward_more", kind=self._kind_word(kind)), *more] if more else []
        return self._say(
            "forward",
            title=self.entry.title,
            papers="\n".join(lines),
            form=self.entry.form,
            duration=self.entry.duration,
            bank=self.words.say(self.language, "bank.name"),
        )

    def _forwarded_papers(self, kind: str) -> list[str]:
        papers = self.entry.items("papers", kind)
        plain = [paper.replace("**", "").replace("\n", " ") for paper in papers]
        return [self._say("forward_paper", paper=paper) for paper in plain]

    def _section(self, section: Section) -> list[Block]:
        """Return a list: what holds for everybody, then what each kind of client needs besides."""
        ordered = section == "steps"
        title = self._say(section)
        blocks = self._list(title, self.entry.items(section, "both"), ordered=ordered)
        for kind in self._kinds():
            named = self._say("for_kind", title=title, kind=self._kind_word(kind))
            blocks += self._list(named, self.entry.items(section, kind), ordered=ordered)
        return blocks

    def _kinds(self) -> Sequence[str]:
        return _KINDS if self.client_kind not in _KINDS else (self.client_kind,)

    def _kind_word(self, kind: str) -> str:
        return self.words.label(self.language, "procedure.kinds", kind)

    def _list(self, title: str, items: Sequence[str], *, ordered: bool) -> list[Block]:
        return [Text(f"**{title}**"), Items(items, ordered=ordered)] if items else []

    def _facts(self) -> str:
        return self._say("facts", **self._values())

    def _values(self) -> dict[str, str]:
        names = ("form", "department", "phone", "duration", "decided_by")
        return {name: getattr(self.entry, name) for name in names}

    def _say(self, key: str, **values: object) -> str:
        return self.words.say(self.language, f"procedure.{key}", **values)
