"""The forms in which a text is compared: as it was written, its matter alone, and its words.

Words of one meaning count as one word. Their characters count half as written and half as the first
of their meaning: two words that a bank's file calls one stay nearer to themselves than to each
other, and a file that calls too much one does little harm.
"""

from functools import lru_cache

from knowledge.folding import fold
from knowledge.search.analysis import characters, words
from knowledge.search.matter import default_matter
from knowledge.search.synonyms import Synonyms

REMEMBERED = 20_000


class Forms:
    """Folds and cuts texts; remembers the last ones, as learning asks for the same again.

    Parameters
    ----------
    synonyms : Synonyms
        Words with one meaning.
    """

    def __init__(self, synonyms: Synonyms) -> None:
        self._synonyms = synonyms
        self._matter = default_matter()
        self.whole = lru_cache(maxsize=REMEMBERED)(fold)
        self.matter = lru_cache(maxsize=REMEMBERED)(self._matter_form)

    def told(self, text: str) -> str:
        """Return a text of many lines as it was written, folded."""
        return " ".join(self.whole(line) for line in text.splitlines())

    def characters(self, folded: str) -> list[str]:
        """Return the characters of a folded text as written, and as its words of one meaning."""
        unified = self._synonyms.unify(folded)
        written = characters(folded)
        return written if unified == folded else [*written, *characters(unified)]

    def words(self, folded: str) -> list[str]:
        """Return the words of a folded text, those of one meaning as one."""
        return words(self._synonyms.unify(folded))

    def _matter_form(self, text: str) -> str:
        return self._matter.of(self.whole(text))
