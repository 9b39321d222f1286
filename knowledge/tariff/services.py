"""A service that has a price, and the names people use for it."""

from dataclasses import dataclass, field

from knowledge.language import Bilingual, Language


@dataclass(frozen=True, slots=True)
class Service:
    """A service of the tariff.

    Attributes
    ----------
    service : str
        Its code in ``services.yml`` and ``tariff.csv``.
    unit : Bilingual
        What is counted (transfer, cheque); may be empty.
    line : int
        Its line in the file, counted from 1.
    """

    service: str
    name: Bilingual
    aliases_zh: tuple[str, ...]
    aliases_en: tuple[str, ...]
    unit: Bilingual
    line: int = field(default=0, compare=False)

    def spoken(self, language: Language) -> tuple[str, ...]:
        """Return the name and every alias in a language."""
        if language == "zh":
            return (self.name.zh, *self.aliases_zh)
        return (self.name.en, *self.aliases_en)


@dataclass(frozen=True, slots=True)
class ServiceMatch:
    """A service named in a text.

    Attributes
    ----------
    score : float
        1 where the name stands there as in ``services.yml``, less for slips.
    span : tuple of int
        Start and end of the name in the text as it was typed.
    words : tuple of span
        Where the single words of the name stand; others may be between them.
    channel : bool
        Whether the name may as well say only where another service is asked for.
    """

    service: str
    score: float
    span: tuple[int, int]
    words: tuple[tuple[int, int], ...] = ()
    channel: bool = False
