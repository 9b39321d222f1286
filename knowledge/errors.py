"""What can go wrong in the knowledge, each told by the words of ``problems.yml``.

KnowledgeError
├── ContentFaults            the content does not hold together; carries every fault found
├── NoTariffRow              no row is valid for what was asked; carries what there is instead
├── RateMissing              no exchange rate was posted for a currency until a day
└── AmountNotPositive        an amount or a quantity of zero or less
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar


class KnowledgeError(Exception):
    """Base of the knowledge's own errors.

    Attributes
    ----------
    code : str
        Key of the sentence in the reply templates.
    """

    code: ClassVar[str] = "knowledge"


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing wrong in a content file, told so that its owner can mend it.

    Attributes
    ----------
    file : str
        Path below the content's root.
    line : int
        Counted from 1; 0 where the whole file is meant.
    column : str
        Field of the front matter or column of the CSV; empty where the line says enough.
    value : str
        What stands there now.
    problem : str
        Key of the sentence in ``problems.yml``.
    """

    file: str
    line: int
    column: str
    value: str
    problem: str


class ContentFaults(KnowledgeError):  # says what is the case
    """The content was not taken; what was loaded before stays in use."""

    code = "content_faults"

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(sorted(faults))
        super().__init__(
            "; ".join(f"{f.file}:{f.line} {f.column} {f.value!r} {f.problem}" for f in self.faults)
        )


class NoTariffRow(KnowledgeError):  # says what is the case
    """No tariff row is valid for the service, client kind, channel, currency and date.

    Attributes
    ----------
    service : str
        Code of the service asked about.
    channels, client_kinds, currencies : tuple of str
        For which of each a row exists when only that detail is changed; may all be empty.
    valid_from : date or None
        When the first row for exactly this question came or comes into effect, if one exists on
        another date.
    """

    code = "no_tariff_row"

    def __init__(
        self,
        service: str,
        channels: tuple[str, ...] = (),
        client_kinds: tuple[str, ...] = (),
        currencies: tuple[str, ...] = (),
        valid_from: date | None = None,
    ) -> None:
        self.service = service
        self.channels = channels
        self.client_kinds = client_kinds
        self.currencies = currencies
        self.valid_from = valid_from
        super().__init__(
            f"no tariff row for {service}; channels with one: {', '.join(channels) or 'none'}; "
            f"client kinds with one: {', '.join(client_kinds) or 'none'}"
        )


class RateMissing(KnowledgeError):  # says what is the case
    """No exchange rate of a currency was posted until the day asked about."""

    code = "rate_missing"

    def __init__(self, currency: str, on: date) -> None:
        self.currency = currency
        self.on = on
        super().__init__(f"no rate for {currency} on {on.isoformat()}")


class AmountNotPositive(KnowledgeError):  # says what is the case
    """An amount or a quantity is zero or less, so no fee can be worked out.

    Attributes
    ----------
    detail : str
        ``amount`` or ``quantity``.
    value : int
        What was given: minor units of the currency, or pieces.
    """

    code = "amount_not_positive"

    def __init__(self, detail: str, value: int) -> None:
        self.detail = detail
        self.value = value
        super().__init__(f"{detail} must be above zero, got {value}")
