"""The two languages of the content, and words that stand in both."""

import re
from dataclasses import dataclass
from typing import Literal, get_args

type Language = Literal["zh", "en"]

LANGUAGES: tuple[Language, ...] = get_args(Language.__value__)

_HAN = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Bilingual:
    """The same words in Chinese and in English."""

    zh: str
    en: str

    def text(self, language: Language) -> str:
        """Return the words in one of the languages."""
        return self.zh if language == "zh" else self.en


def language_of(text: str) -> Language:
    """Return the language of one question: Chinese where it has a Chinese character."""
    return "zh" if _HAN.search(text) else "en"
