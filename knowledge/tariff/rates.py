"""Fees that follow the amount: a share of it, brackets of the whole, brackets of its parts."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from knowledge.tariff.bases import Charge, Fixed, Occasion, amount_of, times
from knowledge.tariff.rounding import Rounding, round_minor
from knowledge.tariff.steps import Step, StepKind, step


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
        return times(self.one(amount_of(occasion), occasion.rounding), occasion.quantity)

    def one(self, amount: int, rounding: Rounding) -> Charge:
        """Work out the fee of one transaction, rounded before floor and cap are looked at."""
        exact = share(self.percent, amount)
        fee = round_minor(exact, rounding)
        shared = step(StepKind.RATE, amount=amount, percent=self.percent, exact=exact, fee=fee)
        return _limited(Charge(fee, (shared,)), self.floor, self.cap)

    def turning_points(self) -> tuple[int, ...]:
        """Return the highest amounts that still pay the floor, or do not yet pay the cap."""
        limits = (limit for limit in (self.floor, self.cap) if limit and self.percent)
        return tuple(int(Fraction(limit) * 100 / Fraction(self.percent)) for limit in limits)

    def capped_above(self) -> int | None:
        """Return the highest amount that does not yet pay the cap; None where there is no cap."""
        if self.cap is None or not self.percent:
            return None
        return int(Fraction(self.cap) * 100 / Fraction(self.percent))


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
        amount = amount_of(occasion)
        above, bracket = self._bracket(amount)
        chosen = step(StepKind.BRACKET, amount=amount, above=above, up_to=bracket.up_to)
        priced = _priced(bracket.price, amount, occasion.rounding)
        return times(Charge(priced.fee, (chosen, *priced.steps)), occasion.quantity)

    def price_of(self, amount: int) -> Fixed | Rate:
        """Return what the bracket of an amount charges."""
        return self._bracket(amount)[1].price

    def _bracket(self, amount: int) -> tuple[int | None, Bracket]:
        above: int | None = None
        for bracket in self.brackets:
            if bracket.up_to is None or amount <= bracket.up_to:
                return above, bracket
            above = bracket.up_to
        raise ValueError(f"{amount} is above the last bracket")

    def turning_points(self) -> tuple[int, ...]:
        """Return the tops of the brackets, and where a rate in one meets its floor or cap."""
        points, above = [], 0
        for bracket in self.brackets:
            inner = bracket.price.turning_points()
            top = bracket.up_to
            points += [at for at in inner if at > above and (top is None or at < top)]
            if top is not None:
                points.append(top)
                above = top
        return tuple(points)


@dataclass(frozen=True, slots=True)
class Part:
    """The rate for the part of an amount up to and including ``up_to`` (None: for the rest)."""

    up_to: int | None
    percent: Decimal


@dataclass(frozen=True, slots=True)
class Marginal:
    """Each part of the amount is charged at the rate of the bracket it lies in.

    The shares are added exactly and rounded once, so the fee has no jump between brackets.
    """

    parts: tuple[Part, ...]
    floor: int | None = None
    cap: int | None = None
    needs_amount = True

    def charge(self, occasion: Occasion) -> Charge:
        """Charge every transaction by its parts."""
        amount = amount_of(occasion)
        total, steps = Fraction(0), []
        for above, size, part in self._divided(amount):
            exact = share(part.percent, size)
            total += exact
            values = {"above": above, "up_to": part.up_to, "percent": part.percent}
            steps.append(step(StepKind.PART, part=size, exact=exact, **values))
        fee = round_minor(total, occasion.rounding)
        steps.append(step(StepKind.SUM, exact=total, fee=fee))
        return times(_limited(Charge(fee, tuple(steps)), self.floor, self.cap), occasion.quantity)

    def turning_points(self) -> tuple[int, ...]:
        """Return the tops of the brackets."""
        return tuple(part.up_to for part in self.parts if part.up_to is not None)

    def _divided(self, amount: int) -> Iterator[tuple[int, int, Part]]:
        above = 0
        for part in self.parts:
            top = amount if part.up_to is None else min(amount, part.up_to)
            if top > above:
                yield above, top - above, part
            if part.up_to is None or amount <= part.up_to:
                return
            above = part.up_to


def share(percent: Decimal, amount: int) -> Fraction:
    """Return a percentage of an amount, exact."""
    return Fraction(percent) / 100 * amount


def _limited(charge: Charge, floor: int | None, cap: int | None) -> Charge:
    fee, steps = charge.fee, list[Step](charge.steps)
    if floor is not None and fee < floor:
        steps.append(step(StepKind.FLOOR, before=fee, fee=floor))
        fee = floor
    if cap is not None and fee > cap:
        steps.append(step(StepKind.CAP, before=fee, fee=cap))
        fee = cap
    return Charge(fee, tuple(steps))


def _priced(price: Fixed | Rate, amount: int, rounding: Rounding) -> Charge:
    if isinstance(price, Rate):
        return price.one(amount, rounding)
    return price.charge(Occasion(amount, 1, rounding))
