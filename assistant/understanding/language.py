"""The language a message is written in."""

import re
from typing import Literal

from assistant.understanding.folding import fold
from assistant.understanding.words import load_words

_CHINESE = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
_LATIN_WORD = re.compile(r"(?<![a-z0-9])[a-z][a-z'/]*(?![a-z0-9])")
_CLEARLY = 2


def detect(text: str, fallback: Literal["zh", "en"]) -> Literal["zh", "en"]:
    """Return the language of a message.

    Parameters
    ----------
    text
        A message as typed.
    fallback
        The answer for text that shows none: a number, an emoji, a client number, an abbreviation.

    Returns
    -------
    str
        ``zh`` when Chinese characters are present, unless the sentence around them is English, as
        when it asks about a client by his Chinese name.
    """
    folded = fold(text)
    cues = load_words("language")
    words = [word for word in _LATIN_WORD.findall(folded) if word not in cues["neutral"]]
    characters = len(_CHINESE.findall(folded))
    if not characters:
        return "en" if words else fallback
    english = sum(word in cues["english"] for word in words)
    if english >= _CLEARLY or (english and 2 * len(words) >= characters):
        return "en"
    return "zh"
