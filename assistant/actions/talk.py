"""Everything that is no question of business: greetings, stops, and what is not understood."""

from dataclasses import replace
from typing import ClassVar

from assistant.actions.base import Answer, BankAction
from assistant.names import ActionName, Intent, Topic
from assistant.replies.blocks import Block, Text
from assistant.replies.gaps import with_note
from assistant.replies.procedures import present_procedure
from assistant.replies.talk import present_capabilities
from assistant.services.continuing import continued_topic, is_continuation
from assistant.services.gaps.noting import note_not_found
from assistant.services.procedures import find_answer
from assistant.services.question import Language, Question
from assistant.services.subjects import any_client_name, names_a_client
from assistant.understanding.wanted_language import wanted_language
from crm.store.session import Session


class _Saying(BankAction):
    """An action that says one sentence."""

    sentence: ClassVar[str]

    def answer(self, session: Session, question: Question) -> Answer:
        """Say the sentence."""
        name = question.employee.name_en if question.language == "en" else question.employee.name
        said = self.desk.words.say(question.language, self.sentence, name=name)
        return Answer((Text(said),), question.memory)


class Thank(_Saying):
    """Serves "thank you"."""

    action_name = ActionName.THANK
    sentence = "talk.thank"


class Goodbye(_Saying):
    """Serves "goodbye"."""

    action_name = ActionName.GOODBYE
    sentence = "talk.goodbye"


class Greet(_Saying):
    """Serves "hello"."""

    action_name = ActionName.GREET
    sentence = "talk.greet"


class Cancel(BankAction):
    """Serves "never mind": what was asked back is dropped."""

    action_name = ActionName.CANCEL

    def answer(self, session: Session, question: Question) -> Answer:
        """Drop the open question, if there is one."""
        open_question = question.memory.pending is not None
        key = "talk.cancelled" if open_question else "talk.nothing_to_cancel"
        memory = replace(question.memory, pending=None, fee=None)
        return Answer((Text(self.desk.words.say(question.language, key)),), memory)


class ShowCapabilities(BankAction):
    """Serves "what can you do"."""

    action_name = ActionName.SHOW_CAPABILITIES

    def answer(self, session: Session, question: Question) -> Answer:
        """Show an example of each kind of question, with a client of the asker's own."""
        client = any_client_name(session, question)
        blocks = present_capabilities(self.desk.words, question.language, client)
        return Answer(blocks, question.memory)


class SwitchLanguage(BankAction):
    """Serves "speak English please"."""

    action_name = ActionName.SWITCH_LANGUAGE

    def answer(self, session: Session, question: Question) -> Answer:
        """Answer in the language asked for, or in the other one."""
        other: Language = "en" if question.language == "zh" else "zh"
        wanted = wanted_language(question.text) or other
        said = self.desk.words.say(wanted, "talk.language")
        return Answer((Text(said),), question.memory, wanted)


class Continue(BankAction):
    """Serves bare details, corrections and pressed buttons: the topic before goes on."""

    action_name = ActionName.CONTINUE

    def routed(self, session: Session, question: Question) -> BankAction:
        """Hand the question to the action of its topic."""
        topic = continued_topic(self.desk.resources, question)
        return super().routed(session, question) if topic is None else self.desk.by_topic[topic]

    def answer(self, session: Session, question: Question) -> Answer:
        """Answer what is a question of its own; else say that there is nothing to go on with."""
        words, language = self.desk.words, question.language
        blocks: list[Block] = [Text(words.say(language, "talk.continue_nothing"))]
        if question.intent != Intent.INFORM:
            return Answer(blocks, question.memory)
        found = find_answer(self.desk.resources, session, question)
        if found.entry is not None:
            memory = replace(question.memory, entry_id=found.entry.entry_id)
            shown = present_procedure(words, language, found)
            return Answer(shown, memory, entries=found.shown)
        if note_not_found(self.desk.resources, session, question, found.shown):
            blocks = with_note(words, language, blocks)
        return Answer(blocks, question.memory)


class Fallback(BankAction):
    """Serves what the dialogue did not understand: the knowledge base may still."""

    action_name = ActionName.FALLBACK

    def routed(self, session: Session, question: Question) -> BankAction:
        """Hand what goes on with an open question to the action of its topic."""
        resources = self.desk.resources
        topic = continued_topic(resources, question)
        goes_on = is_continuation(resources, question) or (
            question.memory.client_id is not None and names_a_client(resources, session, question)
        )
        if topic is not None and goes_on:
            return self.desk.by_topic[topic]
        return super().routed(session, question)

    def answer(self, session: Session, question: Question) -> Answer:
        """Search, else say so and offer what is nearest."""
        found = find_answer(self.desk.resources, session, question)
        words, language = self.desk.words, question.language
        if not found.missing:
            memory = question.memory
            if found.entry is not None:
                memory = replace(memory, topic=Topic.PROCEDURE, entry_id=found.entry.entry_id)
            blocks = present_procedure(words, language, found)
            return Answer(blocks, memory, entries=found.shown)
        client = any_client_name(session, question)
        blocks = [
            Text(words.say(language, "talk.fallback")),
            *present_capabilities(words, language, client),
        ]
        if note_not_found(self.desk.resources, session, question, found.shown):
            blocks = with_note(words, language, blocks)
        return Answer(blocks, question.memory)
