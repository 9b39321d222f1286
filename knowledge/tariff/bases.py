"""How a fee is worked out; a new way is a new class with ``needs_amount`` and ``charge``."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Protocol

from knowledge.tariff.rounding import Rounding, round_minor
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
    """

    amount: int | None
    quantity: int
    rounding: Rounding


class Basis(Protocol):
    """A way to work out a fee."""

    @property
    def needs_amount(self) -> bool:
        """Whether the fee depends on the amount."""
        ...

    def charge(self, occasion: Occasion) -> Charge:
        """Work out the fee for all pieces together."""
        ...


@dataclass(frozen=True, slots=True)
class Free:
    """Nothing is charged."""

    needs_amount = False

    def charge(self, occasion: Occasion) -> Charge:  # noqa: ARG002  # the same for every occasion
        """Charge nothing."""
        return Charge(0, (step(StepKind.FREE),))


@dataclass(frozen=True, slots=True)
class Fixed:
    """One fee whatever the amount and the number of pieces."""

    fee: int
    needs_amount = False

    def charge(self, occasion: Occasion) -> Charge:  # noqa: ARG002  # the same for every occasion
        """Charge the fee once."""
        return Charge(self.fee, (step(StepKind.FIXED, fee=self.fee),))


@dataclass(frozen=True, slots=True)
class PerItem:
    """A fee for every piece."""

    each: int
    needs_amount = False

    def charge(self, occasion: Occasion) -> Charge:
        """Charge the fee for every piece."""
        fee = self.each * occasion.quantity
        each = step(StepKind.PER_ITEM, each=self.each, quantity=occasion.quantity, fee=fee)
        return Charge(fee, (each,))


@dataclass(frozen=True, slots=True)
class Rate:
    """A share of the amount, at least ``floor`` and at most ``cap`` a transaction.

    Attributes
    ----------
    percent : Decimal
        0.03 is three ten-thousandths.
    """

    percent: Decimal
    floor: int | None = None
    cap: int | None = None
    needs_amount = True

    def charge(self, occasion: Occasion) -> Charge:
        """Charge the share for every transaction."""
        return _times(self.one(_amount(occasion), occasion.rounding), occasion.quantity)

    def one(self, amount: int, rounding: Rounding) -> Charge:
        """Work out the fee of one transaction, rounded before floor and cap are looked at."""
        exact = Fraction(self.percent) / 100 * amount
        fee = round_minor(exact, rounding)
        steps = [step(StepKind.RATE, amount=amount, percent=self.percent, exact=exact, fee=fee)]
        if self.floor is not None and fee < self.floor:
            steps.append(step(StepKind.FLOOR, before=fee, fee=self.floor))
            fee = self.floor
        if self.cap is not None and fee > self.cap:
            steps.append(step(StepKind.CAP, before=fee, fee=self.cap))
            fee = self.cap
        return Charge(fee, tuple(steps))


@dataclass(frozen=True, slots=True)
class Bracket:
    """What holds for amounts up to and including ``up_to`` (None: for all that are higher)."""

    up_to: int | None
    price: Fixed | Rate


@dataclass(frozen=True, slots=True)
class Brackets:
    """The whole amount is charged by the one bracket it falls into, tops inclusive."""

    brackets: tuple[Bracket, ...]
    needs_amount = True

    def charge(self, occasion: Occasion) -> Charge:
        """Charge every transaction by its bracket.

        Raises
        ------
        ValueError
            The amount is above the last bracket; the check of the content rules this out.
        """
        amount = _amount(occasion)
        above: int | None = None
        for bracket in self.brackets:
            if bracket.up_to is None or amount <= bracket.up_to:
                chosen = step(StepKind.BRACKET, amount=amount, above=above, up_to=bracket.up_to)
                priced = _priced(bracket.price, amount, occasion.rounding)
                one = Charge(priced.fee, (chosen, *priced.steps))
                return _times(one, occasion.quantity)
            above = bracket.up_to
        raise ValueError(f"{amount} is above the last bracket")


def _priced(price: Fixed | Rate, amount: int, rounding: Rounding) -> Charge:
    if isinstance(price, Rate):
        return price.one(amount, rounding)
    return price.charge(Occasion(amount, 1, rounding))


def _amount(occasion: Occasion) -> int:
    if occasion.amount is None:
        raise ValueError("this basis needs an amount")
    return occasion.amount


def _times(one: Charge, quantity: int) -> Charge:
    if quantity == 1:
        return one
    fee = one.fee * quantity
    times = step(StepKind.QUANTITY, each=one.fee, quantity=quantity, fee=fee)
    return Charge(fee, (*one.steps, times))
