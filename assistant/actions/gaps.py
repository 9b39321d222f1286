"""What is still unanswered, what is the answer, and that is not what I meant."""

from dataclasses import replace
from datetime import timedelta

from assistant.actions.base import Answer, BankAction
from assistant.names import ActionName, Topic
from assistant.replies.gap_figures import present_figures
from assistant.replies.gaps import GapPresenter
from assistant.services.gaps.closing import close, join
from assistant.services.gaps.disputing import dispute
from assistant.services.gaps.listing import list_gaps
from assistant.services.gaps.owners import require_owner
from assistant.services.gaps.working import GapWork, Step, work_on
from assistant.services.question import Memory, Pending, Question
from crm.gaps.answers import new_entry_id
from crm.gaps.figures import gap_figures
from crm.store.session import Session

_FIGURE_DAYS = 90


class _AboutGaps(BankAction):
    """An action that shows gaps."""

    def _presenter(self, question: Question) -> GapPresenter:
        zone = self.desk.resources.zone
        return GapPresenter(self.desk.words, question.language, zone)


class ListGaps(_AboutGaps):
    """Serves "what is still unanswered": the queue of a knowledge owner."""

    action_name = ActionName.LIST_GAPS

    def answer(self, session: Session, question: Question) -> Answer:
        """Show the open questions, those most people asked first."""
        found = list_gaps(self.desk.resources, session, question)
        blocks = self._presenter(question).queue(found)
        return Answer(blocks, replace(question.memory, pending=None))


class WorkOnGap(_AboutGaps):
    """Serves a knowledge owner who opens, answers, rejects or joins an open question."""

    action_name = ActionName.WORK_ON_GAP
    topic = Topic.GAPS
    writes = True

    def answer(self, session: Session, question: Question) -> Answer:
        """Go one step on, or close the question when that was the last word."""
        presenter = self._presenter(question)
        step = _step(question)
        if step is Step.PUBLISH:
            closed = close(self.desk.resources, session, question)
            draft = closed.work.draft
            entry_id = draft.entry_id or new_entry_id(draft.gap_id)
            return Answer(presenter.closed(closed, entry_id), _remember(question.memory, None))
        if step is Step.JOIN:
            number = join(self.desk.resources, session, question)
            return Answer(presenter.joined(number), _remember(question.memory, None))
        work = work_on(self.desk.resources, session, question)
        return Answer(presenter.work(work), _remember(question.memory, work))


class ShowGapFigures(BankAction):
    """Serves "how well do we answer": the figures of the loop."""

    action_name = ActionName.SHOW_GAP_FIGURES

    def answer(self, session: Session, question: Question) -> Answer:
        """Show the figures of the last three months."""
        require_owner(question, "gap_figures")
        now = self.desk.clock()
        figures = gap_figures(session, now, now - timedelta(days=_FIGURE_DAYS))
        blocks = present_figures(self.desk.words, question.language, figures, _FIGURE_DAYS)
        return Answer(blocks, replace(question.memory, pending=None))


class DisputeAnswer(_AboutGaps):
    """Serves "that is not what I meant"."""

    action_name = ActionName.DISPUTE_ANSWER
    writes = True

    def answer(self, session: Session, question: Question) -> Answer:
        """Note the answer before as wrong and offer what else may be meant."""
        found = dispute(self.desk.resources, session, question)
        blocks = self._presenter(question).dispute(found)
        shown = () if found is None else tuple(e.entry_id for e in found.alternatives)
        return Answer(blocks, replace(question.memory, pending=None), entries=shown)


def _step(question: Question) -> Step | None:
    """Return the step a button or a typed decision makes; None for a text."""
    if question.choices:
        return Step(question.choices["gap_step"])
    pending = question.memory.pending
    if pending is None or pending.detail != "gap_decision":
        return None
    return Step.PUBLISH if question.intent == "affirm" else Step.CHANGE


def _remember(memory: Memory, work: GapWork | None) -> Memory:
    if work is None or (work.wanted is None and not work.ready):
        return replace(memory, pending=None)
    detail = "gap_decision" if work.ready else "gap_text"
    return replace(memory, topic=Topic.GAPS, pending=Pending(Topic.GAPS, detail))  # type: ignore[arg-type]  # both are details
