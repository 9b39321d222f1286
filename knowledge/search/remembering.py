"""What was learned is kept beside the content's own fingerprint, so that a restart is quick."""

import hashlib
import json
from collections import OrderedDict
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from knowledge.language import Language
from knowledge.search.combination import Combination
from knowledge.search.forms import Forms
from knowledge.search.index import Document
from knowledge.search.lessons import unrelated
from knowledge.search.parts import PART_NAMES
from knowledge.search.settings import SearchSettings
from knowledge.search.teaching import Taught

_LATELY = 8
_lately: OrderedDict[str, Taught] = OrderedDict()
"""What was learned last in this process: a reload of one language teaches the other nothing new."""

METHOD = 8  # another number wherever the same content would teach something else


def remembered(folder: Path | None, name: str, learn: Callable[[], Taught]) -> Taught:
    """Return what was learned under a name, or learn and keep it.

    Parameters
    ----------
    folder : Path or None
        Where it is kept; None keeps it in this process alone.
    name : str
        Of one language and one content; see `name_of`.
    """
    if folder is None:
        if name not in _lately:
            _lately[name] = learn()
        while len(_lately) > _LATELY:
            _lately.popitem(last=False)
        return _lately[name]
    path = folder / f"{name}.json"
    with suppress(OSError, ValueError, KeyError, TypeError):
        return _read(path)
    taught = learn()
    with suppress(OSError):  # a folder that cannot be written only makes the next start slower
        _keep(path, taught)
    return taught


def name_of(
    documents: Sequence[Document], language: Language, forms: Forms, settings: SearchSettings
) -> str:
    """Return a name that another content, synonyms, settings or method does not have."""
    told = [
        (
            [forms.whole(question) for question in document.questions],
            [forms.matter(question) for question in document.questions],
            forms.words(forms.told(document.text)),
        )
        for document in documents
    ]
    everything = [METHOD, PART_NAMES, repr(settings), unrelated()[language], told]
    digest = hashlib.sha256(json.dumps(everything).encode()).hexdigest()
    return f"{language}-{digest}"


def _read(path: Path) -> Taught:
    read = json.loads(path.read_text("utf-8"))
    combination = Combination(
        tuple(map(float, read["combination"]["weights"])),
        tuple(map(float, read["combination"]["trust"])),
        float(read["combination"]["doubt"]),
    )
    return Taught(combination, float(read["bound"]), float(read["rivalry"]), ())


def _keep(path: Path, taught: Taught) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps({**asdict(taught), "trials": []})
    part = path.with_suffix(".part")
    part.write_text(text, "utf-8")
    part.replace(path)
    language = path.name.partition("-")[0]
    for old in path.parent.glob(f"{language}-*.json"):
        if old != path:
            old.unlink(missing_ok=True)
