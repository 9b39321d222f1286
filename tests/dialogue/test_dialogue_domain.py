"""The dialogue files agree with each other and with the names the service uses."""

from pathlib import Path
from typing import Any

import yaml

from assistant.names import ActionName, Intent, Slot

ROOT = Path(__file__).resolve().parents[2]


def domain(topic: str) -> dict[str, Any]:
    text = (ROOT / "domain" / f"{topic}.yml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


def rules() -> dict[str, str]:
    text = (ROOT / "data" / "rules" / "rules.yml").read_text(encoding="utf-8")
    return {
        rule["steps"][0]["intent"]: rule["steps"][1]["action"]
        for rule in yaml.safe_load(text)["rules"]
    }


def test_every_intent_has_one_rule() -> None:
    assert set(rules()) == {*domain("intents")["intents"], "nlu_fallback"}


def test_every_rule_ends_in_an_action_of_the_domain_and_none_is_idle() -> None:
    assert set(rules().values()) == set(domain("actions")["actions"])


def test_actions_and_slots_are_those_the_service_knows() -> None:
    assert set(domain("actions")["actions"]) == set(ActionName)
    assert set(domain("slots")["slots"]) == set(Slot)
    assert set(Intent) <= set(domain("intents")["intents"])


def test_only_the_service_writes_slots_and_no_rule_depends_on_them() -> None:
    for slot in domain("slots")["slots"].values():
        assert slot["mappings"] == [{"type": "custom"}]
        assert slot["influence_conversation"] is False


def test_a_conversation_is_forgotten_in_an_hour_but_not_what_it_knew() -> None:
    assert domain("intents")["session_config"] == {
        "session_expiration_time": 60,
        "carry_over_slots_to_new_session": True,
    }
