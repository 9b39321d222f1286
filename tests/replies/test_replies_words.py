"""Both languages say everything, and each says it in its own characters."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml
from jinja2 import Environment, meta

from assistant.replies.templates import LANGUAGES, Language, MissingWords, Words

# One representative value for every variable that a template may use.
VALUES: Mapping[str, Any] = {
    "client": SimpleNamespace(name="Fang Zi", name_en="Fang Zi", client_id="C000075"),
    "detail": {
        "open_to": "corporate",
        "risk_level": "R4",
        "risk_grade": "C2",
        "expired_on": "2026-01-31",
        "requires": "Securities account",
        "sold_in": "B01",
        "at": "B02",
        "ended": "2026-10-15",
        "begins": "2026-12-15",
        "quota": "60",
        "taken": "60",
        "licence": "a licence",
        "floor_fen": "100",
        "balance_fen": "12",
        "said": "refused",
        "why": "later",
        "until": "2026-12-31",
    },
    "words": ["one", "two"],
    "shown": 8,
    "count": 12,
    "quantity": 3,
    "negative": False,
    "low": "26",
    "high": "33",
    "above": None,
    "months": 3,
    "days": 20,
}
# A template that uses anything else gets this text for it.
OTHERWISE = "value"


def _files(folder: Path, language: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for path in sorted((folder / language).glob("*.yml")):
        yield path.stem, yaml.safe_load(path.read_text(encoding="utf-8"))


def _templates(folder: Path, language: str) -> dict[str, str]:
    return {
        f"{topic}.{name}": text
        for topic, content in _files(folder, language)
        for name, text in content.items()
        if isinstance(text, str)
    }


def _tables(folder: Path, language: str) -> dict[str, Mapping[Any, Any]]:
    return {
        f"{topic}.{name}": table
        for topic, content in _files(folder, language)
        for name, table in content.items()
        if not isinstance(table, str)
    }


def _variables(template: str) -> set[str]:
    return set(meta.find_undeclared_variables(Environment(autoescape=False).parse(template)))


def _rendered(words: Words, folder: Path, language: Language) -> dict[str, str]:
    return {
        key: words.say(language, key, **{v: VALUES.get(v, OTHERWISE) for v in _variables(text)})
        for key, text in _templates(folder, language).items()
    }


def test_both_languages_have_the_same_keys(words: Words) -> None:
    assert words.keys("zh") == words.keys("en")


def test_both_languages_have_words_for_the_same_codes(words_folder: Path) -> None:
    chinese, english = (_tables(words_folder, language) for language in LANGUAGES)
    # Orders of magnitude are grouped by four digits in one language, by three in the other.
    for name in chinese.keys() - {"attributes.magnitudes"}:
        assert set(chinese[name]) == set(english[name]), name


def test_no_code_or_word_is_read_by_yaml_as_something_else(words_folder: Path) -> None:
    """An unquoted yes, no, on or ~ would silently become a truth value or nothing."""
    for language in LANGUAGES:
        for name, table in _tables(words_folder, language).items():
            assert all(isinstance(word, str) and word for word in table.values()), name
            assert not any(code is None or isinstance(code, bool) for code in table), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_template_renders(words: Words, words_folder: Path, language: Language) -> None:
    for key, said in _rendered(words, words_folder, language).items():
        assert said.strip(), key
        assert "{{" not in said, key
        assert "{%" not in said, key


def test_both_languages_are_filled_in_from_the_same_values(words_folder: Path) -> None:
    """What one language needs and the caller does not give would fail in that language only."""
    chinese, english = (_templates(words_folder, language) for language in LANGUAGES)
    for key in chinese:
        given_zh, given_en = _variables(chinese[key]), _variables(english[key])
        assert given_zh == given_en, key


def test_english_words_hold_no_chinese_characters(
    words: Words, words_folder: Path, chinese: re.Pattern[str]
) -> None:
    for key, said in _rendered(words, words_folder, "en").items():
        assert not chinese.search(said), key
    for name, table in _tables(words_folder, "en").items():
        for code, word in table.items():
            assert not chinese.search(word), f"{name}: {code}"


def test_every_field_of_expertise_has_words(words: Words, expertise: list[str]) -> None:
    assert expertise
    for language in LANGUAGES:
        assert set(expertise) <= set(words.labels(language, "talk.fields"))


def test_a_sentence_nobody_wrote_is_named(words: Words) -> None:
    with pytest.raises(MissingWords, match=r"en: fee\.unheard"):
        words.say("en", "fee.unheard")
