"""The gate's file is checked whole when it is read, and cannot weaken the gate."""

from pathlib import Path

import pytest
import yaml

from recommender.errors import RulesRefused
from recommender.gate_rules import GATE_RULES, RULES_FILE, Scope, load_rules

WHOLE = yaml.safe_load(RULES_FILE.read_text(encoding="utf-8"))


def written(tmp_path: Path, **changes: object) -> Path:
    path = tmp_path / "gate.yml"
    path.write_text(yaml.safe_dump(WHOLE | changes, allow_unicode=True, sort_keys=False))
    return path


def faults(path: Path) -> list[str]:
    with pytest.raises(RulesRefused) as refused:
        load_rules(path)
    return [str(fault) for fault in refused.value.faults]


def test_the_file_that_ships_is_sound() -> None:
    rules = load_rules()
    assert set(rules.order) == set(GATE_RULES)
    assert rules.quiet_after("refused", "too_risky").days == 180  # type: ignore[union-attr]
    assert rules.quiet_after("refused", "unheard_of").days == 90  # type: ignore[union-attr]
    assert rules.quiet_after("refused", "leave_alone").scope is Scope.CLIENT  # type: ignore[union-attr]
    assert rules.quiet_after("interested", None) is None


@pytest.mark.parametrize("rule", GATE_RULES)
def test_no_rule_can_be_left_out(tmp_path: Path, rule: str) -> None:
    """Whoever edits the file cannot open the gate by deleting a line."""
    path = written(tmp_path, rules=[name for name in WHOLE["rules"] if name != rule])
    assert any(f"{rule} must not be left out" in fault for fault in faults(path))


def test_the_order_is_the_files_own(tmp_path: Path) -> None:
    turned = WHOLE["rules"][::-1]
    assert list(load_rules(written(tmp_path, rules=turned)).order) == turned


def test_every_fault_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "gate.yml"
    text = RULES_FILE.read_text(encoding="utf-8")
    text = text.replace("days: 90, scope: product", "days: ninety, scope: product", 1)
    text = text.replace("at_most: 75", "at_least: 18, at_most: 75")
    text = text.replace("scope: client}", "scope: everybody}")
    path.write_text(text + "colour: red\n", encoding="utf-8")
    lines = text.split("\n")
    told = faults(path)
    assert len(told) == 4
    for piece, fault in (
        ("ninety", "cannot be read"),
        ("everybody", "cannot be read"),
        ("at_least: 18", "exactly one of"),
    ):
        line = next(number for number, row in enumerate(lines, 1) if piece in row)
        assert any(told_ for told_ in told if f"gate.yml:{line}:" in told_ and fault in told_)
    assert any("colour" in fault and "is no key here" in fault for fault in told)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("rules: [a\n", "is not YAML"),
        ("- a list", "must be a mapping"),
        ("rules: {a: b}", "must be a list"),
        ("rules: [already_held, already_held]", "stands here twice"),
        ("rules: [nonsense]", "is no rule"),
    ],
)
def test_what_is_no_gate_file_is_refused(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "gate.yml"
    path.write_text(text, encoding="utf-8")
    assert any(told in fault for fault in faults(path))


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    assert "cannot be read" in faults(tmp_path / "none.yml")[0]


def test_two_rules_of_one_code_are_refused(tmp_path: Path) -> None:
    limit = WHOLE["limits"][0] | {"code": "quota"}
    told = faults(written(tmp_path, limits=[limit]))
    assert any("quota" in fault and "two rules" in fault for fault in told)
