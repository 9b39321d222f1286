"""Pieces of a text that look like somebody's name, whoever it may be."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import rjieba
from pypinyin import lazy_pinyin

from assistant.understanding.words import any_of, load_words

_PERSON = ("nr", "zg")
_LONGEST_GIVEN = 2
_CHINESE = "[\u4e00-\u9fff]"
_INITIAL = "(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?"
_FINAL = "(?:[iu]?ang|i?ong|[iu]?an|i?ao|uai|eng|ing|ai|ei|ou|en|in|un|i[aeu]|u[aoei]|er|[aoeiu])"
_GIVEN_PINYIN = re.compile(f"(?:{_INITIAL}{_FINAL}){{1,2}}")


@dataclass(frozen=True, slots=True)
class Mention:
    """A piece of folded text that reads like a name.

    Attributes
    ----------
    certain
        It is a name whether or not anybody known bears it.
    """

    text: str
    start: int
    end: int
    certain: bool = True


def titled(text: str) -> Iterator[Mention]:
    """Find a surname with a form of address: "Mr Wang", or the like in Chinese."""
    for match in _titled().finditer(text):
        name = match["surname"] or match["familiar"] or match["latin"]
        yield Mention(name, match.start(), match.end())


def personal(text: str) -> Iterator[Mention]:
    """Find what looks like a Chinese personal name, by segmentation and by its surroundings."""
    found: dict[int, Mention] = {}
    for mention in (*_segmented(text), *_surrounded(text)):
        if mention.text not in load_words("clients")["ordinary"]:
            found.setdefault(mention.start, mention)
    return iter(found.values())


def given(text: str) -> Iterator[Mention]:
    """Find two characters in the place of a name, which may be a given name alone."""
    for match in _in_place_of_name(f"{_CHINESE}{{2}}").finditer(text):
        yield Mention(match["name"], match.start("name"), match.end("name"), certain=False)


def latin(text: str) -> Iterator[Mention]:
    """Find what looks like a name in pinyin, surname first or last, in text as typed.

    Words that are English too count only with capital letters.
    """
    words = list(re.finditer("[A-Za-z]+", text))
    for first, second in pairwise(words):
        between = text[first.end() : second.start()]
        pair = (first.group(), second.group())
        if between in {" ", "-"} and _has_surname(*pair):
            name = " ".join(pair).lower()
            yield Mention(name, first.start(), second.end(), certain=_reads_as_name(*pair))


def foreign(text: str, vocabulary: Collection[str]) -> Iterator[Mention]:
    """Find an English name in the place of one: two or three words with capital letters.

    `vocabulary` holds words, in lower case, that are no names though they are written so.
    """
    words = load_words("clients")
    common = {*words["latin_ordinary"], *load_words("language")["english"], *vocabulary}
    for match in _foreign().finditer(text):
        group = "name" if match["name"] else "owner"
        if not set(match[group].lower().split()) & common:
            yield Mention(match[group].lower(), match.start(group), match.end(group))


def companies(text: str) -> Iterator[Mention]:
    """Find what looks like a company name: something before a legal form, in either language."""
    for match in _company().finditer(text):
        name = _before_name().sub("", _after_ordinary_words(match["name"]))
        yield Mention(name, match.end("name") - len(name), match.end("name"))


def _after_ordinary_words(name: str) -> str:
    """Cut what an English sentence says before a company's name."""
    common = {*load_words("language")["english"], *load_words("clients")["latin_before_name"]}
    ends = [word.end() for word in re.finditer(r"[a-z']+\s", name) if word.group()[:-1] in common]
    return name[max(ends, default=0) :]


def _segmented(text: str) -> Iterator[Mention]:
    position = 0
    words = [(word, kind) for word, kind in rjieba.tag(text)]
    for number, (word, kind) in enumerate(words):
        start, position = position, position + len(word)
        if not kind.startswith(_PERSON) or not _surname(word):
            continue
        following = words[number + 1][0] if number + 1 < len(words) else ""
        name = _trimmed(word + (following if len(word) + len(following) <= 3 else ""))
        if len(name) > len(_surname(name)):
            yield Mention(name, start, start + len(name))


def _surrounded(text: str) -> Iterator[Mention]:
    words = load_words("clients")
    surname = f"(?:{'|'.join(words['compound_surnames'])}|[{words['surnames']}])"
    for match in _in_place_of_name(f"{surname}{_CHINESE}{{1,2}}?").finditer(text):
        if not _is_word(match["name"]):
            yield Mention(match["name"], match.start("name"), match.end("name"))


def _is_word(name: str) -> bool:
    """Whether a name begins with an ordinary word of two characters or more."""
    word, kind = rjieba.tag(name)[0]
    return len(word) > 1 and not kind.startswith(_PERSON)


def _trimmed(word: str) -> str:
    """Cut a name before the first character that is never in a given name."""
    surname = _surname(word)
    given = word[len(surname) :]
    never = load_words("clients")["not_in_given"]
    kept = next((at for at, character in enumerate(given) if character in never), len(given))
    return surname + given[: min(kept, _LONGEST_GIVEN)]


def _surname(word: str) -> str:
    words = load_words("clients")
    if word[:2] in words["compound_surnames"]:
        return word[:2]
    return word[0] if word[0] in words["surnames"] else ""


def _has_surname(first: str, second: str) -> bool:
    """Whether a pair of words has a surname in it and is not plain English."""
    low = {first.lower(), second.lower()}
    common = {*load_words("clients")["latin_ordinary"], *load_words("language")["english"]}
    capital = first[0].isupper() and second[0].isupper()
    return bool(low & _latin_surnames()) and (capital or not low & common)


def _reads_as_name(first: str, second: str) -> bool:
    surnames = _latin_surnames()
    return any(
        surname in surnames and _GIVEN_PINYIN.fullmatch(given) is not None
        for surname, given in ((first.lower(), second.lower()), (second.lower(), first.lower()))
    )


@cache
def _latin_surnames() -> frozenset[str]:
    words = load_words("clients")
    return frozenset(
        "".join(lazy_pinyin(name)) for name in (*words["surnames"], *words["compound_surnames"])
    )


@cache
def _foreign() -> re.Pattern[str]:
    before = "|".join(load_words("clients")["latin_before_name"])
    name = "[A-Z][a-z]+(?: [A-Z][a-z]+){1,2}"
    return re.compile(
        rf"(?:(?i:\b(?:{before})) (?P<name>{name})(?![\w ]*[A-Z]))"
        rf"|(?P<owner>{name})(?='s\b)"
    )


@cache
def _titled() -> re.Pattern[str]:
    words = load_words("clients")
    surname = f"(?:{'|'.join(words['compound_surnames'])}|[{words['surnames']}])"
    titles, familiar = any_of(words["titles"]), any_of(words["familiar"])
    latin_title = any_of(words["latin_titles"])
    return re.compile(
        rf"(?P<surname>{surname}){titles}"
        rf"|(?<!{_CHINESE}){familiar}(?P<familiar>{surname})(?!{_CHINESE}{{2}}\b)"
        rf"|{latin_title}\.?\s(?P<latin>[a-z]+)(?!\s[a-z]+\s(?:co|ltd)\b)"
    )


@cache
def _in_place_of_name(name: str) -> re.Pattern[str]:
    words = load_words("clients")
    before, after = any_of(words["before_name"]), any_of(words["after_name"])
    return re.compile(rf"(?:^|(?<=\W)|{before})\s*(?P<name>{name})(?=$|\W|{after})")


@cache
def _before_name() -> re.Pattern[str]:
    return re.compile(f"^{any_of(load_words('clients')['before_name'])}+")


@cache
def _company() -> re.Pattern[str]:
    words = load_words("clients")
    forms = [form for form in words["legal_forms"] if len(form) > 2]
    latin_forms = r"(?:co\.?,? ltd|ltd|llc|inc|corp(?:oration)?|group|limited)(?![a-z])"
    return re.compile(
        rf"(?P<name>{_CHINESE}{{2,14}}?{any_of(forms)}"
        rf"|(?:[a-z-]+\s){{1,6}}?{latin_forms})"
    )
