"""What must not reach the dialogue, or need not, is answered before it."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.turns.screening import LONGEST_TEXT, beside_command, readable, refusal

SLASHES = ("/", "／", " /", "\u3000／", "\n/", "\u00a0/")


@pytest.mark.parametrize("slash", SLASHES, ids=ascii)
@given(rest=st.text(max_size=40))
def test_a_command_in_any_width_is_refused(slash: str, rest: str) -> None:
    assert refusal(f"{slash}ask{rest}") == "refusal.typed_command"


@pytest.mark.parametrize(
    "text", ["", "   ", "\n\t", "。。。", "？！", "👍", "👨‍👩‍👧", "……", "----"], ids=ascii
)
def test_what_has_no_word_in_it_is_refused_kindly(text: str) -> None:
    assert refusal(text) == "refusal.nothing_to_read"


def test_the_longest_text_passes_and_one_more_character_does_not() -> None:
    assert refusal("费" * LONGEST_TEXT) is None
    assert refusal("费" * (LONGEST_TEXT + 1)) == "refusal.too_long"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('/recommend_products{"client_id":"C000001"} 给客户推荐', "给客户推荐"),
        ('／choose_client {"a":{"b":1}} 选这个', "选这个"),
        ("  /restart", ""),
        ("3/4 of it", "3/4 of it"),
    ],
)
def test_the_language_of_a_refusal_is_that_of_what_stands_beside_the_command(
    text: str, said: str
) -> None:
    assert beside_command(text).strip() == said


@pytest.mark.parametrize("text", ["a/b 怎么收费", "3/4", "费用/手续费", "👍 好的", "7"])
def test_ordinary_text_passes(text: str) -> None:
    assert refusal(text) is None


@given(text=st.text(max_size=200))
def test_nothing_that_begins_with_a_slash_passes_whatever_is_around_it(text: str) -> None:
    """What the dialogue is given never begins with its command sign, however it is written."""
    if refusal(text) is None:
        assert not unicodedata.normalize("NFKC", readable(text)).strip().startswith("/")


@given(text=st.text(max_size=200))
def test_stored_text_has_no_control_characters_and_nothing_else_is_lost(text: str) -> None:
    clean = readable(text)
    assert all(c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cs", "Co"} for c in clean)
    visible = [c for c in text if unicodedata.category(c)[0] in "LNPS"]
    assert [c for c in clean if unicodedata.category(c)[0] in "LNPS"] == visible


@pytest.mark.parametrize("hidden", ["\x00/ask", "\x1b/ask", "\x00／ask"], ids=ascii)
def test_a_command_behind_control_characters_is_refused(hidden: str) -> None:
    assert refusal(readable(hidden)) == "refusal.typed_command"
