"""Groups of words with one meaning, from ``synonyms.yml``."""

from collections.abc import Mapping
from pathlib import Path

from knowledge.errors import Fault
from knowledge.language import LANGUAGES, Language
from knowledge.reading.files import read_text
from knowledge.reading.located import Located, read_yaml
from knowledge.reading.place import Place

SYNONYMS = "synonyms.yml"

type Groups = tuple[tuple[str, ...], ...]


def read_synonyms(root: Path, faults: list[Fault]) -> Mapping[Language, Groups]:
    """Read the groups of each language; without the file there are none."""
    if not (root / SYNONYMS).exists():
        return dict.fromkeys(LANGUAGES, ())
    text = read_text(root, SYNONYMS, faults) or ""
    fields = read_yaml(text, Place(SYNONYMS, 1), faults).fields(faults)
    for key in fields.keys() - set(LANGUAGES):
        faults.append(fields[key].place.fault(key, "field_unknown"))
    nothing = Located(None, Place(SYNONYMS, 1))
    return {language: _groups(fields.get(language, nothing), faults) for language in LANGUAGES}


def _groups(listed: Located, faults: list[Fault]) -> Groups:
    groups = []
    seen: set[str] = set()
    for item in listed.items(faults):
        group = item.texts(faults)
        if len(group) < 2:
            faults.append(item.place.fault(" ".join(group), "synonym_alone"))
        for word in group:
            if word.casefold() in seen:
                faults.append(item.place.fault(word, "synonym_shared"))
            seen.add(word.casefold())
        groups.append(group)
    return tuple(groups)
