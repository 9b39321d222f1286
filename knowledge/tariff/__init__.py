"""Fees: rows of the tariff, exact quotes, and the service a text asks about."""

from knowledge.tariff.matching import ServiceMatcher
from knowledge.tariff.missing import Missing
from knowledge.tariff.query import FeeQuery
from knowledge.tariff.quote import Quote, quote, quotes_by_channel
from knowledge.tariff.rows import Channel, ClientKind, Tariff, TariffRow
from knowledge.tariff.services import Service, ServiceMatch
from knowledge.tariff.steps import Step, StepKind

__all__ = [
    "Channel",
    "ClientKind",
    "FeeQuery",
    "Missing",
    "Quote",
    "Service",
    "ServiceMatch",
    "ServiceMatcher",
    "Step",
    "StepKind",
    "Tariff",
    "TariffRow",
    "quote",
    "quotes_by_channel",
]
