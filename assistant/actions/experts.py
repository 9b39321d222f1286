"""I need an expert."""

from dataclasses import replace

from assistant.actions.base import Answer, BankAction
from assistant.names import ActionName, Topic
from assistant.replies.blocks import Text
from assistant.replies.talk import present_request
from assistant.services.experts import consult_expert, names_matter
from assistant.services.question import Pending, Question
from crm.store.session import Session


class ConsultExpert(BankAction):
    """Serves "I need an expert": asks for the matter and notes the request."""

    action_name = ActionName.CONSULT_EXPERT
    topic = Topic.EXPERT
    writes = True

    def answer(self, session: Session, question: Question) -> Answer:
        """Note the request once its matter is known."""
        memory = replace(question.memory, topic=Topic.EXPERT, pending=None)
        if not names_matter(session, question):
            said = self.desk.words.say(question.language, "asking.matter")
            return Answer((Text(said),), replace(memory, pending=Pending(Topic.EXPERT, "matter")))
        noted = consult_expert(self.desk.resources, session, question)
        return Answer(present_request(self.desk.words, question.language, noted), memory)
