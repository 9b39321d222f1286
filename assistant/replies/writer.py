"""Turns a reply into the message body that is logged and shown."""

from typing import Any, Literal

from assistant.identity import Signer
from assistant.replies.blocks import Block, Choices, Details, Note, Reply, as_data
from assistant.replies.templates import Language, Words


class ReplyWriter:
    """Writes replies as JSON bodies, signing every button for its conversation."""

    def __init__(self, words: Words, signer: Signer) -> None:
        self._words = words
        self._signer = signer

    def body(self, reply: Reply, conversation_id: str) -> dict[str, Any]:
        """Return the body of an assistant message."""
        return {
            "text": "",
            "language": reply.language,
            "failed": reply.failed,
            "blocks": [self._block(block, conversation_id) for block in reply.blocks],
        }

    def sentence(
        self,
        language: Language,
        key: str,
        *,
        tone: Literal["info", "warning"],
        failed: bool = False,
    ) -> dict[str, Any]:
        """Return the body of a one-sentence message that has no buttons."""
        note = Note(self._words.say(language, key), tone)
        return self.body(Reply((note,), language, failed), "")

    def _block(self, block: Block, conversation_id: str) -> dict[str, Any]:
        data = as_data(block)
        if isinstance(block, Choices):
            data["buttons"] = [
                {
                    "title": choice.title,
                    "token": self._signer.button(choice.payload, conversation_id),
                }
                for choice in block.buttons
            ]
        elif isinstance(block, Details):
            data["blocks"] = [self._block(inner, conversation_id) for inner in block.blocks]
        return data
