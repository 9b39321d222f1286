"""Amounts, rates and shares as people read them."""

from decimal import Decimal

from babel import Locale
from babel.numbers import format_currency, format_percent, get_currency_precision

from assistant.replies.templates import Language

# Read once: given by name, a locale is looked up on disk for every amount.
_LOCALES: dict[Language, Locale] = {
    "zh": Locale.parse("zh_CN"),
    "en": Locale.parse("en_US"),
}
_MOST_PERCENT_DIGITS = 6


def money(minor: int, currency: str, language: Language) -> str:
    """Return an amount in minor units as ``¥1,234.50``.

    Parameters
    ----------
    minor
        Minor units (fen for CNY).
    currency
        ISO 4217 code.
    """
    digits = get_currency_precision(currency)
    sign = "\N{YEN SIGN}#,##0.00;-\N{YEN SIGN}#,##0.00" if currency == "CNY" else None
    return format_currency(
        Decimal(minor).scaleb(-digits), currency, format=sign, locale=_LOCALES[language]
    )


def percent(rate: Decimal, language: Language) -> str:
    """Return a rate given in percent with all its digits: ``0.03%``."""
    pattern = "0." + "#" * _MOST_PERCENT_DIGITS + "%"
    return format_percent(rate / 100, format=pattern, locale=_LOCALES[language])


def share(part: float, language: Language) -> str:
    """Return a share between 0 and 1 in whole percent."""
    return format_percent(part, locale=_LOCALES[language])


def chance(part: float, language: Language) -> str:
    """Return a chance between 0 and 1 in percent with one decimal: most are small."""
    return format_percent(part, format="0.0%", locale=_LOCALES[language])


def yuan(fen: float, language: Language) -> str:
    """Return an estimate in fen in whole yuan: ``¥1,235``."""
    return format_currency(
        Decimal(round(fen / 100)),
        "CNY",
        format="\N{YEN SIGN}#,##0;-\N{YEN SIGN}#,##0",
        locale=_LOCALES[language],
        currency_digits=False,
    )
