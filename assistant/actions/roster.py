"""Who my clients are."""

from dataclasses import replace

from assistant.actions.base import Answer, BankAction
from assistant.names import ActionName, Topic
from assistant.replies.roster import RosterPresenter
from assistant.services.question import Listed, Question
from assistant.services.roster import show_roster
from crm.store.session import Session


class ShowRoster(BankAction):
    """Serves "list my clients", its pages, and those of one kind or grade."""

    action_name = ActionName.SHOW_ROSTER
    topic = Topic.ROSTER

    def answer(self, session: Session, question: Question) -> Answer:
        """Show how many clients there are, and a page of them."""
        found = show_roster(self.desk.resources, session, question)
        blocks = RosterPresenter(self.desk.words, question.language).answer(found, question.today)
        rows = [(entry.client.client_id, "") for entry in found.entries]
        memory = replace(
            question.memory,
            topic=Topic.ROSTER,
            product_id=None,
            recommendation=None,
            listed=Listed("roster", found.wanted.subject, rows, found.first),
            pending=None,
        )
        return Answer(blocks, memory)
