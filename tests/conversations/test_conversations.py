"""People's own words get the right answer, in both languages, from the two real processes."""

import pytest

from tests.conversations.runner import Stage
from tests.conversations.script import Case, read_cases
from tests.support.installation import RunningAssistant

CASES = read_cases()


@pytest.fixture(scope="module")
def stage(assistant: RunningAssistant) -> Stage:
    return Stage(assistant)


def _parameter(case: Case) -> object:
    known = pytest.mark.xfail(reason=case.known, raises=AssertionError, strict=True)
    return pytest.param(case, id=case.name, marks=[known] if case.known else [])


@pytest.mark.parametrize("case", [_parameter(case) for case in CASES])
def test_a_conversation_goes_as_people_expect(stage: Stage, case: Case) -> None:
    """Every turn of a case is answered as the case says; a known fault must still be one."""
    stage.play(case)


def test_both_languages_are_spoken_about_alike() -> None:
    """Neither language is covered by much more than half of the cases."""
    english = sum(case.language == "en" for case in CASES)
    assert len(CASES) >= 120
    assert 0.4 <= english / len(CASES) <= 0.6
