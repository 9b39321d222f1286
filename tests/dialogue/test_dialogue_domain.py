"""The dialogue files agree with each other and with the names the service uses."""

from pathlib import Path
from typing import Any

import yaml

from assistant.names import ActionName, Intent, Slot

ROOT = Path(__file__).resolve().parents[2]


def domain(section: str) -> list[str]:
    """Return everything the domain files list under a heading."""
    return [name for loaded in files("domain") for name in loaded.get(section, ())]


def slots() -> dict[str, Any]:
    return {
        name: slot for loaded in files("domain") for name, slot in loaded.get("slots", {}).items()
    }


def files(folder: str) -> list[dict[str, Any]]:
    paths = sorted((ROOT / folder).glob("*.yml"))
    return [yaml.safe_load(path.read_text(encoding="utf-8")) for path in paths]


def rules() -> dict[str, str]:
    return {
        rule["steps"][0]["intent"]: rule["steps"][1]["action"]
        for loaded in files("data/rules")
        for rule in loaded["rules"]
    }


def test_every_intent_has_one_rule() -> None:
    assert set(rules()) == {*domain("intents"), "nlu_fallback"}


def test_every_rule_ends_in_an_action_of_the_domain_and_none_is_idle() -> None:
    assert set(rules().values()) == set(domain("actions"))


def test_actions_and_slots_are_those_the_service_knows() -> None:
    assert set(domain("actions")) == set(ActionName)
    assert set(slots()) == set(Slot)
    assert set(Intent) <= set(domain("intents"))


def test_only_the_service_writes_slots_and_no_rule_depends_on_them() -> None:
    for slot in slots().values():
        assert slot["mappings"] == [{"type": "custom"}]
        assert slot["influence_conversation"] is False


def test_a_conversation_is_forgotten_in_an_hour_but_not_what_it_knew() -> None:
    [session] = [f["session_config"] for f in files("domain") if "session_config" in f]
    assert session == {
        "session_expiration_time": 60,
        "carry_over_slots_to_new_session": True,
    }
