"""The forms in which a text is compared: as it was written, and its matter alone."""

from functools import lru_cache

from knowledge.folding import fold
from knowledge.search.matter import default_matter
from knowledge.search.synonyms import Synonyms

REMEMBERED = 20_000


class Forms:
    """Folds and unifies texts; remembers the last ones, as learning asks for the same again.

    Parameters
    ----------
    synonyms : Synonyms
        Words with one meaning.
    """

    def __init__(self, synonyms: Synonyms) -> None:
        self._synonyms = synonyms
        self._matter = default_matter()
        self._fold = lru_cache(maxsize=REMEMBERED)(fold)
        self.whole = lru_cache(maxsize=REMEMBERED)(self._whole_form)
        self.matter = lru_cache(maxsize=REMEMBERED)(self._matter_form)

    def told(self, text: str) -> str:
        """Return a text of many lines as it was written, folded and unified."""
        return " ".join(self.whole(line) for line in text.splitlines())

    def _whole_form(self, text: str) -> str:
        return self._synonyms.unify(self._fold(text))

    def _matter_form(self, text: str) -> str:
        return self._synonyms.unify(self._matter.of(self._fold(text)))
