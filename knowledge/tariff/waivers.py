"""What is taken off a fee: by grade, channel, product held, balance kept, or a campaign."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from knowledge.language import Bilingual
from knowledge.tariff.bases import Charge
from knowledge.tariff.rounding import Rounding, round_minor
from knowledge.tariff.steps import Step, StepKind, step


class ClientGrade(StrEnum):
    """The service grade of a client, the lowest first."""

    STANDARD = "standard"
    GOLD = "gold"
    PLATINUM = "platinum"
    PRIVATE = "private"


class Stacking(StrEnum):
    """What happens to several waivers of one fee.

    ``best``: only the one that leaves the lowest fee. ``multiply``: the shares that are left of
    each percentage are multiplied and rounded once; an amount taken off stands alone.
    ``in_order``: one after the other in the order of the file's ``order``, each from what the one
    before left, rounded each time. A waiver that does not combine always stands alone; of all
    that is allowed, the lowest fee is charged.
    """

    BEST = "best"
    MULTIPLY = "multiply"
    IN_ORDER = "in_order"


class Condition(StrEnum):
    """What a client must have for a waiver to hold."""

    GRADE = "grade"
    PRODUCT = "product"
    BALANCE = "balance"


@dataclass(frozen=True, slots=True)
class Waiver:
    """A row of ``waivers.csv``; what is not conditioned holds for everybody.

    Attributes
    ----------
    services : frozenset of str
        Codes of ``services.yml``.
    client_kind, channel : str
        ``both`` and ``any`` where it makes no difference.
    currency : str
        ISO 4217 of the fees it is taken off; empty for all.
    grades : frozenset of ClientGrade
        One of them is needed; empty for all.
    products : frozenset of str
        One of them must be held; empty where none need be.
    least_balance : int or None
        Monthly average balance of deposits, in fen, CNY.
    percent : Decimal or None
        What is taken off, 100 for all; None where ``less`` is given.
    less : int or None
        What is taken off, in minor units of ``currency``.
    """

    waiver_id: str
    services: frozenset[str]
    client_kind: str
    channel: str
    currency: str
    grades: frozenset[ClientGrade]
    products: frozenset[str]
    least_balance: int | None
    percent: Decimal | None
    less: int | None
    combines: bool
    order: int
    name: Bilingual
    source: Bilingual
    effective_from: date
    effective_to: date | None
    line: int = field(default=0, compare=False)

    def valid(self, on: date) -> bool:
        """Whether it holds on a day; both its first and its last day count."""
        return self.effective_from <= on and (self.effective_to is None or on <= self.effective_to)

    def serves(self, client_kind: str, channel: str, currency: str) -> bool:
        """Whether it is for a fee of this kind of client, channel and currency."""
        return (
            self.client_kind in ("both", client_kind)
            and self.channel in ("any", channel)
            and self.currency in ("", currency)
        )

    def unmet(
        self, grade: str | None, products: frozenset[str] | None, balance: int | None
    ) -> tuple[Condition, ...]:
        """Return the conditions that are not known to be met; None is what is not known."""
        met = {
            Condition.GRADE: not self.grades or grade in self.grades,
            Condition.PRODUCT: not self.products or bool(self.products & (products or frozenset())),
            Condition.BALANCE: self.least_balance is None
            or (balance is not None and balance >= self.least_balance),
        }
        return tuple(condition for condition, holds in met.items() if not holds)


@dataclass(frozen=True, slots=True)
class Waived:
    """A charge after what is taken off, and by which waivers."""

    charge: Charge
    waivers: tuple[Waiver, ...] = ()


def waive(charge: Charge, met: Sequence[Waiver], rule: Stacking, rounding: Rounding) -> Waived:
    """Take waivers off a charge; the fee is never below zero and never higher than before."""
    best = Waived(charge)
    for group in _groups(met, rule):
        fee, steps = _reduced(charge.fee, group, rule, rounding)
        if fee < best.charge.fee:
            best = Waived(Charge(fee, (*charge.steps, *steps)), group)
    return best


def _groups(met: Sequence[Waiver], rule: Stacking) -> Iterable[tuple[Waiver, ...]]:
    yield from ((waiver,) for waiver in met)
    together = [waiver for waiver in met if waiver.combines]
    if rule is Stacking.MULTIPLY:
        together = [waiver for waiver in together if waiver.percent is not None]
    if rule is not Stacking.BEST and len(together) > 1:
        yield tuple(sorted(together, key=lambda waiver: (waiver.order, waiver.line)))


def _reduced(
    fee: int, group: tuple[Waiver, ...], rule: Stacking, rounding: Rounding
) -> tuple[int, tuple[Step, ...]]:
    left, before, steps = Fraction(fee), fee, []
    for waiver in group:
        if waiver.percent is not None:
            left -= left * Fraction(waiver.percent) / 100
        else:
            left = max(Fraction(0), left - (waiver.less or 0))
        after = round_minor(left, rounding)
        if rule is Stacking.IN_ORDER:
            left = Fraction(after)
        taken = {"percent": waiver.percent, "less": waiver.less}
        steps.append(
            step(StepKind.WAIVER, waiver=waiver.waiver_id, before=before, fee=after, **taken)
        )
        before = after
    return before, tuple(steps)
