"""What is answered without the dialogue: text that it must not or need not see."""

import re
import unicodedata

LONGEST_TEXT = 2_000
_CONTROL = "/"
_COMMAND = re.compile(r"^\s*/[^\s{]*(?:\s*\{.*\})?", re.DOTALL)


def refusal(text: str) -> str | None:
    """Return the words key of a refusal, or None when the text may go to the dialogue.

    A leading slash is how Rasa is commanded (``/intent{...}`` has confidence 1.0 by design), so
    typed text that begins with one, in any width, never reaches it.
    """
    bare = unicodedata.normalize("NFKC", text).strip()
    if not any(character.isalnum() for character in bare):
        return "refusal.nothing_to_read"
    if len(text) > LONGEST_TEXT:
        return "refusal.too_long"
    if bare.startswith(_CONTROL):
        return "refusal.typed_command"
    return None


def beside_command(text: str) -> str:
    """Return what a person says beside a typed command: the language of a command tells nothing."""
    return _COMMAND.sub("", unicodedata.normalize("NFKC", text))


def readable(text: str) -> str:
    """Return text without control characters, as it is stored and passed on."""
    kept = (c for c in text if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cs", "Co"})
    return "".join(kept).strip()
