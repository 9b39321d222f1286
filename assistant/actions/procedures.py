"""How is it done?"""

from dataclasses import replace

from assistant.actions.base import Answer, BankAction
from assistant.names import ActionName, Topic
from assistant.replies.blocks import Note
from assistant.replies.gaps import with_note
from assistant.replies.procedures import present_procedure
from assistant.services.gaps.noting import note_not_found
from assistant.services.interest import wants_interest
from assistant.services.procedures import find_answer
from assistant.services.question import Pending, Question
from crm.store.session import Session


class ShowProcedure(BankAction):
    """Serves "how do I …", "what papers", "which department"."""

    action_name = ActionName.SHOW_PROCEDURE
    topic = Topic.PROCEDURE

    def answer(self, session: Session, question: Question) -> Answer:
        """Show the entry that answers, or the nearest ones to choose from."""
        found = find_answer(self.desk.resources, session, question)
        blocks = present_procedure(self.desk.words, question.language, found)
        if wants_interest(question):
            said = self.desk.words.say(question.language, "procedure.interest")
            blocks = [Note(said, "info"), *blocks]
        if found.missing and note_not_found(self.desk.resources, session, question, found.shown):
            blocks = with_note(self.desk.words, question.language, blocks)
        entry_id = found.entry.entry_id if found.entry else None
        asked = Pending(Topic.PROCEDURE, "entry", found.shown) if found.ambiguous else None
        memory = replace(question.memory, topic=Topic.PROCEDURE, entry_id=entry_id, pending=asked)
        return Answer(blocks, memory, entries=found.shown)
