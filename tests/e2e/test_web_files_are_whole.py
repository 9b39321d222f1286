"""The page's files agree with each other and with the content security policy."""

import json
import re
from typing import Any

import pytest

from assistant.channels.web.pages import STATIC
from assistant.channels.web.shells import PAGES, shell

SHELLS = {page: shell(page) for page in PAGES}
HTML = "".join(SHELLS.values())
SCRIPTS = {path: path.read_text(encoding="utf-8") for path in STATIC.glob("js/*.js")}
STYLES = {path: path.read_text(encoding="utf-8") for path in STATIC.glob("css/*.css")}


def words(language: str) -> dict[str, Any]:
    return json.loads((STATIC / "words" / f"{language}.json").read_text(encoding="utf-8"))


def shape(value: Any) -> Any:
    """The keys, and the `{names}` filled in, of a table of words."""
    if isinstance(value, dict):
        return {key: shape(part) for key, part in value.items()}
    if isinstance(value, list):
        return len(value)
    return sorted(re.findall(r"\{\w+\}", value))


def test_both_languages_have_the_same_words() -> None:
    """Neither language lacks a key or a name to fill in."""
    assert shape(words("zh")) == shape(words("en"))
    assert len(words("zh")["suggestions"]) == 5


def test_every_word_is_used_and_every_used_word_exists() -> None:
    """No dead words, no missing ones."""
    source = HTML + "".join(SCRIPTS.values())
    used = set(re.findall(r'data-word(?:-label|-placeholder)?="(\w+)"', HTML))
    assert used <= words("zh").keys()
    for key in words("zh"):
        assert re.search(rf'["`]{key}["`.]', source), f"{key} is not used"


def test_nothing_in_the_page_breaks_the_policy() -> None:
    """No inline script or style, no handler attribute, no address elsewhere, no parsed markup."""
    assert not re.search(r"\sstyle=|\son\w+=|<style|<script(?! type=\"module\" src=)", HTML)
    for path, text in {**SHELLS, **SCRIPTS, **STYLES}.items():
        assert not re.search(r"https?://", text), path
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|eval\(", text), path


@pytest.mark.parametrize(
    "address", sorted(set(re.findall(r'(?:href|src)="/(static/[^"]+)"', HTML)))
)
def test_every_file_the_page_names_exists(address: str) -> None:
    """A misspelt address would fail silently in production."""
    assert (STATIC.parent / address).is_file()


def test_every_file_is_fetched_at_once() -> None:
    """Nothing lies about unused, and no module waits for another to name it."""
    for path in [*STYLES, *SCRIPTS]:
        assert f'="/static/{path.parent.name}/{path.name}"' in HTML, path.name
    everywhere = HTML + "".join(STYLES.values())
    for path in STATIC.glob("icons/*.svg"):
        assert f"/static/icons/{path.name}" in everywhere, path.name
