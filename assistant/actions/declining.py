"""What is not the assistant's job, unless the asker says that it is the bank's business."""

from assistant.actions.base import Answer, BankAction
from assistant.names import ActionName
from assistant.replies.declining import present_declined, present_kept
from assistant.services.gaps.keeping import keep, may_be_kept
from assistant.services.question import Question
from crm.store.session import Session


class Decline(BankAction):
    """Serves what is not the assistant's job, saying what is."""

    action_name = ActionName.DECLINE

    def answer(self, session: Session, question: Question) -> Answer:
        """Say so; what may be a question of business can still be put to a knowledge owner."""
        turn_id = question.turn_id if may_be_kept(question) else None
        blocks = present_declined(self.desk.words, question.language, turn_id)
        return Answer(blocks, question.memory)


class KeepQuestion(BankAction):
    """Serves the button "this is a banking matter" under what was declined."""

    action_name = ActionName.KEEP_QUESTION
    writes = True

    def answer(self, session: Session, question: Question) -> Answer:
        """Keep the question that was declined for a knowledge owner."""
        keep(self.desk.resources, session, question)
        return Answer(present_kept(self.desk.words, question.language), question.memory)
