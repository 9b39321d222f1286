"""The rules of the gate as data: their order, quiet periods, and limits of the bank's own.

The file may reorder the rules that every bank has and may add limits; it cannot leave a rule
out, so that no version of it lets an unsuitable offer through.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from recommender.conditions import Condition, read_condition
from recommender.rule_files import Entry, RuleFile

RULES_FILE = Path(__file__).with_name("content") / "gate.yml"
_LONGEST_QUIET_DAYS = 3650
_LARGEST_CONTROL_SHARE = 0.5


class Rule(StrEnum):
    """Codes of the rules that every bank has."""

    ALREADY_HELD = "already_held"
    CLIENT_KIND = "client_kind"
    DO_NOT_CONTACT = "do_not_contact"
    PLACE = "place"
    SALES_WINDOW = "sales_window"
    QUOTA = "quota"
    REQUIRES_PRODUCT = "requires_product"
    LICENCE = "licence"
    BALANCE_FLOOR = "balance_floor"
    QUESTIONNAIRE_MISSING = "questionnaire_missing"
    QUESTIONNAIRE_EXPIRED = "questionnaire_expired"
    SUITABILITY_RISK = "suitability_risk"
    QUIET_PERIOD = "quiet_period"
    CONTROL_GROUP = "control_group"
    UNKNOWN_TO_MODEL = "unknown_to_model"


GATE_RULES = tuple(rule for rule in Rule if rule is not Rule.UNKNOWN_TO_MODEL)


class Scope(StrEnum):
    """How far a quiet period reaches."""

    PRODUCT = "product"
    CATEGORY = "category"
    CLIENT = "client"


@dataclass(frozen=True, slots=True)
class QuietPeriod:
    """How long, and how widely, a client is left alone; `days` counts from the outcome's day."""

    days: int
    scope: Scope


@dataclass(frozen=True, slots=True)
class Limit:
    """A bank's own rule: a product's clients must meet a condition.

    Attributes
    ----------
    words, lifting
        What is said of it, and what would lift it, by language code.
    """

    code: str
    products: tuple[str, ...]
    need: Condition
    words: Mapping[str, str]
    lifting: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ControlGroup:
    """A random share of client-product pairs from which suggestions are withheld; 0 is off."""

    share: float = 0.0
    seed: int = 0

    def withheld(self, client_id: str, products: Iterable[str]) -> frozenset[str]:
        """Return the products withheld from a client: always the same for a seed."""
        if not self.share:
            return frozenset()
        return frozenset(name for name in products if self._draw(client_id, name) < self.share)

    def _draw(self, client_id: str, product_id: str) -> float:
        pair = f"{self.seed}:{client_id}:{product_id}".encode()
        return int.from_bytes(hashlib.sha256(pair).digest()[:8]) / 2**64


@dataclass(frozen=True, slots=True)
class GateRules:
    """Everything the gate goes by.

    Attributes
    ----------
    order
        Every rule of `GATE_RULES` once; the first that holds a product back is named first.
    final
        Rules that nothing lifts, so that nothing is said beside them.
    quiet
        By ``outcome`` or ``outcome.reason``; the more exact of both is taken.
    """

    order: tuple[Rule, ...] = GATE_RULES
    final: frozenset[str] = frozenset({Rule.ALREADY_HELD, Rule.CLIENT_KIND})
    quiet: Mapping[str, QuietPeriod] = field(default_factory=dict)
    limits: tuple[Limit, ...] = ()
    control: ControlGroup = field(default_factory=ControlGroup)

    @property
    def codes(self) -> tuple[str, ...]:
        """Every rule's code in the order tried: the common ones, then the bank's own limits."""
        return (*self.order, *(limit.code for limit in self.limits))

    def quiet_after(self, outcome: str, reason: str | None) -> QuietPeriod | None:
        """Return the quiet period that follows an outcome, if any."""
        return self.quiet.get(f"{outcome}.{reason}", self.quiet.get(outcome))


USUAL = GateRules()
"""All common rules in the usual order, no quiet periods: where no file is read."""


def load_rules(path: Path = RULES_FILE) -> GateRules:
    """Read a gate file.

    Raises
    ------
    RulesRefused
        With every fault, by file and line.
    """
    file = RuleFile(path)
    whole = file.open()
    whole.only("rules", "final", "quiet_periods", "limits", "control_group")
    order = _order(whole)
    limits = tuple(_limit(entry) for entry in whole.entries("limits"))
    codes = [*GATE_RULES, *(limit.code for limit in limits)]
    for code in {code for code in codes if codes.count(code) > 1}:
        whole.fault("limits", code, "is the code of two rules")
    final = whole.words("final")
    for code in final:
        if code not in codes:
            whole.fault("final", code, "is no rule")
    quiet = dict(_quiet(entry) for entry in whole.entries("quiet_periods"))
    control = _control(whole.entry("control_group"))
    file.close()
    return GateRules(order, frozenset(final), quiet, limits, control)


def _control(entry: Entry | None) -> ControlGroup:
    if entry is None:
        return ControlGroup()
    entry.only("share", "seed")
    share, seed = entry.number("share"), entry.number("seed", default=0.0)
    if not 0 <= share <= _LARGEST_CONTROL_SHARE:
        entry.fault("share", f"{share:g}", f"must be between 0 and {_LARGEST_CONTROL_SHARE:g}")
    return ControlGroup(share, int(seed))


def _order(whole: Entry) -> tuple[Rule, ...]:
    named = whole.words("rules", required=True)
    for code in named:
        if code not in GATE_RULES:
            whole.fault("rules", code, f"is no rule; there are {', '.join(GATE_RULES)}")
        elif named.count(code) > 1:
            whole.fault("rules", code, "stands here twice")
    for rule in GATE_RULES:
        if rule not in named:
            whole.fault("rules", rule, "must not be left out")
    return tuple(rule for code in named for rule in GATE_RULES if rule == code)


def _limit(entry: Entry) -> Limit:
    entry.only("code", "products", "need", "zh", "en", "lift_zh", "lift_en")
    need = entry.entry("need")
    if need is None:
        entry.fault("need", "", "is missing")
    return Limit(
        code=entry.text("code"),
        products=entry.words("products", required=True),
        need=read_condition(need or entry),
        words={"zh": entry.text("zh"), "en": entry.text("en")},
        lifting={"zh": entry.text("lift_zh"), "en": entry.text("lift_en")},
    )


def _quiet(entry: Entry) -> tuple[str, QuietPeriod]:
    entry.only("outcome", "reason", "days", "scope")
    days = entry.number("days")
    if not (days.is_integer() and 0 <= days <= _LONGEST_QUIET_DAYS):
        entry.fault("days", f"{days:g}", f"must be whole days from 0 to {_LONGEST_QUIET_DAYS}")
    scope = entry.choice("scope", Scope, default=Scope.PRODUCT)
    key = entry.text("outcome")
    if entry.has("reason"):
        key += f".{entry.text('reason')}"
    return key, QuietPeriod(int(days), scope)
