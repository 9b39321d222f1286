"""What knowledge owners answered, laid over the files: live in every process without a restart.

Each process looks at the number of the newest answer, one short query, and builds the
library anew when it has grown or when the files behind it changed. A version in the files that is
as high as the answer's takes its place: that is how an answer is taken over into the files.
"""

import threading
import time
from collections.abc import Sequence
from dataclasses import replace

from assistant.replies.templates import Words
from assistant.services.procedures import reader
from assistant.services.question import Question
from assistant.services.resources import Resources
from assistant.services.shelf import ContentShelf
from crm.gaps.answers import Answer, all_answers, newest_answer
from crm.store.engine import Store
from crm.store.session import Session
from knowledge.entries import Entry
from knowledge.language import LANGUAGES, Language
from knowledge.library import Library

_PATIENCE_SECONDS = 4.0


class AnsweredContent:
    """Keeps the library on the shelf up to the newest answer."""

    def __init__(self, content: ContentShelf, store: Store, words: Words) -> None:
        self._content = content
        self._store = store
        self._words = words
        self._lock = threading.Lock()
        self._newest = 0
        self._laid_over = content.files
        self._seconds = 0.0

    def refresh(self, session: Session, *, patient: bool = False) -> bool:
        """Take in what was answered since; return whether anything changed.

        Parameters
        ----------
        session
            What is read in; who answers a question has one open already.
        patient
            Whether to build even where that is known to take long; who answers a question does
            not wait for it, a clock does.
        """
        if self._current(session):
            return False
        if not patient and self._seconds > _PATIENCE_SECONDS:
            return False
        with self._lock:
            if self._current(session):
                return False
            self._build(session)
        return True

    def look(self) -> bool:
        """Take in what was answered since, however long that takes: a clock waits for it."""
        with self._store.read() as session:
            return self.refresh(session, patient=True)

    def _current(self, session: Session) -> bool:
        unchanged = self._content.newest is self._laid_over
        return unchanged and newest_answer(session) == self._newest

    def _build(self, session: Session) -> None:
        started = time.monotonic()
        files = self._content.files
        answers = all_answers(session)
        self._laid_over = laid_over(files, answers, self._words) if answers else files
        self._content.lay_over(self._laid_over)
        self._newest = answers[-1].answer_id if answers else 0
        self._seconds = time.monotonic() - started


def answered_entry(resources: Resources, question: Question) -> Entry | None:
    """Return what knowledge owners wrote in answer to a question, not what the files say."""
    asker = reader(question.employee)
    library = resources.content.library
    found = library.search(question.text, question.language, question.today, asker)
    first = found.hits[0].entry if found.found else None
    return first if first is not None and not first.file else None


def laid_over(files: Library, answers: Sequence[Answer], words: Words) -> Library:
    """Return a library of the files with what was answered, the oldest answer first."""
    entries = {(e.entry_id, e.language): e for e in files.entries}
    added: dict[tuple[str, Language], Entry] = {}
    wordings: dict[str, list[str]] = {}
    for answer in answers:
        wordings.setdefault(answer.entry_id, []).extend(answer.wordings)
        for language in LANGUAGES:
            place = answer.entry_id, language
            entry = _version(entries.get(place), answer, language, words)
            if entry is not None:
                entries[place] = added[place] = entry
    return files.with_entries(tuple(added.values()), wordings)


def _version(known: Entry | None, answer: Answer, language: Language, words: Words) -> Entry | None:
    """Return the version an answer makes; None where it makes none, or the files have a later."""
    text = answer.answer_zh if language == "zh" else answer.answer_en
    if answer.version is None or text is None:
        return None
    author = answer.author if language == "zh" else answer.author_en
    told = {"author": author, "on": answer.answered_on.isoformat()}
    if known is None:
        title = answer.title_zh if language == "zh" else answer.title_en
        source = words.say(language, "gaps.source", **told)
        return None if title is None else _new_entry(answer, language, title, text, source)
    if known.version >= answer.version:
        return None
    return replace(
        known,
        version=answer.version,
        notes="\n\n".join(part for part in (known.notes, text) if part),
        source=words.say(language, "gaps.source_added", source=known.source, **told),
    )


def _new_entry(answer: Answer, language: Language, title: str, text: str, source: str) -> Entry:
    return Entry(
        entry_id=answer.entry_id,
        language=language,
        title=title,
        questions=(),
        department="",
        phone="",
        products=(),
        client_kind="both",
        audience=(),
        duration="",
        decided_by="",
        version=answer.version or 1,
        effective_from=answer.answered_on,
        effective_to=None,
        source=source,
        steps=(),
        papers=(),
        cautions=(),
        notes=text,
        file="",
    )
