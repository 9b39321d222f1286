"""What changed since …?"""

from dataclasses import replace

from assistant.actions.base import Answer, BankAction
from assistant.names import ActionName, Topic
from assistant.replies.changes import ChangesPresenter
from assistant.services.changes import find_changes
from assistant.services.question import ChangesAsked, Question
from crm.store.session import Session


class ShowChanges(BankAction):
    """Serves "what changed in fees since August?"."""

    action_name = ActionName.SHOW_CHANGES
    topic = Topic.CHANGES

    def answer(self, session: Session, question: Question) -> Answer:
        """Show what became different, of what the asker may read."""
        resources = self.desk.resources
        found = find_changes(resources, session, question)
        presenter = ChangesPresenter(self.desk.words, question.language, resources.content.library)
        asked = ChangesAsked(found.first.isoformat(), found.last.isoformat(), found.matters)
        memory = replace(question.memory, topic=Topic.CHANGES, pending=None, changes=asked)
        return Answer(presenter.answer(found), memory)
