"""Names of organisations and people that stand where a client is named, but are in no directory.

A client is recognised by the directory. Where it knows nobody, a sentence may still name somebody:
a hospital, a shop, a firm by half its name. He must not be mistaken for the client in focus.
"""

import re
from functools import cache

import rjieba

from assistant.understanding.folding import fold
from assistant.understanding.words import any_of, load_words

_CHINESE = "[\u4e00-\u9fff]"
_PROPER = ("nr", "nz", "nt")
_NAMES_A_PLACE = ("ns", "nr", "nz", "nt", "m", "n")


def stranger_in(text: str) -> str:
    """Return the name that stands in the place of a client's; empty where none does.

    Parameters
    ----------
    text
        In which the directory found nobody, without the names of products.
    """
    folded = fold(text)
    for match in _chinese_place().finditer(folded):
        name = _trimmed(match["object"] or match["subject"])
        if _reads_as_name(name):
            return name
    for match in _english_place().finditer(text):
        name = match["chinese"] or match["latin"]
        if match["chinese"] or not _common(name):
            return name
    return ""


def _trimmed(piece: str) -> str:
    """Cut the words that stand around a name and are none of it."""
    words = load_words("strangers")
    cut = list(rjieba.cut(piece))
    while cut and cut[0] in words["before"]:
        del cut[0]
    while cut and cut[-1] in words["after"]:
        del cut[-1]
    return "".join(cut)


def _reads_as_name(name: str) -> bool:
    words = load_words("strangers")
    if any(name.endswith(head) for head in words["anybody"]) or _asking().search(name):
        return False
    cut = rjieba.tag(name)
    if any(kind.startswith(_PROPER) for _, kind in cut):
        return True
    kind_of_house = next((end for end in words["organisations"] if name.endswith(end)), "")
    before = [(word, kind) for word, kind in rjieba.tag(name.removesuffix(kind_of_house)) if word]
    return bool(kind_of_house and before) and all(
        kind.startswith(_NAMES_A_PLACE) and word not in words["any"] for word, kind in before
    )


def _common(name: str) -> bool:
    known = {*load_words("clients")["latin_ordinary"], *load_words("language")["english"]}
    return set(name.lower().split()) <= {*known, *load_words("strangers")["english"]}


@cache
def _asking() -> re.Pattern[str]:
    return re.compile(any_of(load_words("strangers")["asking"]))


@cache
def _chinese_place() -> re.Pattern[str]:
    words = load_words("strangers")
    giving, doing = any_of(words["giving"]), any_of(words["doing"])
    return re.compile(
        rf"{giving}(?P<object>{_CHINESE}{{2,20}}?)(?={doing}|\W|$)"
        rf"|(?:^|(?<=\W))(?P<subject>{_CHINESE}{{2,20}}?)(?={any_of(words['having'])})"
    )


@cache
def _english_place() -> re.Pattern[str]:
    before = "|".join(load_words("clients")["latin_before_name"])
    return re.compile(
        rf"(?i:\b(?:{before})) (?i:the )?"
        rf"(?:(?P<chinese>{_CHINESE}{{2,20}})|(?P<latin>[A-Z][a-z]+(?: [A-Z][a-z]+){{0,3}})\b)"
    )
