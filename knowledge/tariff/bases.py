"""How a fee is worked out; a new way is a new class with ``needs_amount`` and ``charge``.

The simplest ones stand here; shares of an amount in `knowledge.tariff.rates`, fees for a time in
`knowledge.tariff.periods`.
"""

from dataclasses import dataclass
from typing import Protocol

from knowledge.tariff.rounding import Rounding
from knowledge.tariff.spans import Span
from knowledge.tariff.steps import Step, StepKind, step


@dataclass(frozen=True, slots=True)
class Charge:
    """A fee in minor units with the steps that led to it."""

    fee: int
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Occasion:
    """What is charged for.

    Attributes
    ----------
    amount : int or None
        Of one transaction, in minor units; None only where the basis needs none.
    quantity : int
        Number of transactions or pieces, 1 or more.
    span : Span or None
        How long a service is used; None is one period of the row.
    """

    amount: int | None
    quantity: int
    rounding: Rounding
    span: Span | None = None


class Basis(Protocol):
    """A way to work out a fee."""

    @property
    def needs_amount(self) -> bool:
        """Whether the fee depends on the amount."""
        ...

    def charge(self, occasion: Occasion) -> Charge:
        """Work out the fee for all pieces together."""
        ...

    def turning_points(self) -> tuple[int, ...]:
        """Return the amounts after which another rule holds, rising; none where there is one."""
        ...


class _Even:
    """A basis for which the amount makes no difference."""

    __slots__ = ()
    needs_amount = False

    def turning_points(self) -> tuple[int, ...]:
        """Return nothing."""
        return ()


@dataclass(frozen=True, slots=True)
class Free(_Even):
    """Nothing is charged."""

    def charge(self, occasion: Occasion) -> Charge:  # noqa: ARG002  # the same for every occasion
        """Charge nothing."""
        return Charge(0, (step(StepKind.FREE),))


@dataclass(frozen=True, slots=True)
class Fixed(_Even):
    """One fee whatever the amount and the number of pieces."""

    fee: int

    def charge(self, occasion: Occasion) -> Charge:  # noqa: ARG002  # the same for every occasion
        """Charge the fee once."""
        return Charge(self.fee, (step(StepKind.FIXED, fee=self.fee),))


@dataclass(frozen=True, slots=True)
class PerItem(_Even):
    """A fee for every piece after those that are free.

    Attributes
    ----------
    free : int
        How many of the pieces asked about cost nothing; the row's note says of what time.
    """

    each: int
    free: int = 0

    def charge(self, occasion: Occasion) -> Charge:
        """Charge the fee for every piece that is not free."""
        left = max(0, occasion.quantity - self.free)
        fee = self.each * left
        steps = [step(StepKind.ALLOWANCE, free=self.free, left=left)] if self.free else []
        steps.append(step(StepKind.PER_ITEM, each=self.each, quantity=left, fee=fee))
        return Charge(fee, tuple(steps))


def amount_of(occasion: Occasion) -> int:
    """Return the amount.

    Raises
    ------
    ValueError
        There is none; the questions asked back rule this out.
    """
    if occasion.amount is None:
        raise ValueError("this basis needs an amount")
    return occasion.amount


def times(one: Charge, quantity: int) -> Charge:
    """Return the charge of so many alike."""
    if quantity == 1:
        return one
    fee = one.fee * quantity
    multiplied = step(StepKind.QUANTITY, each=one.fee, quantity=quantity, fee=fee)
    return Charge(fee, (*one.steps, multiplied))
