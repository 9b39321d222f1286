"""Invented names of firms: place + trade name + trade + legal form, in Chinese and English.

Trade names are pairs of neutral, seldom used characters, so that none is meant to be a real firm.
"""

import csv
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path

import numpy as np

from data.sample.draws import Texts
from data.sample.people import reading

INDUSTRIES = Path(__file__).with_name("industries.csv")
FIRST = "澜穗岑霁苇砚筠芃澍珩栩漪峤槿垣淞琤屹颐蔚"
SECOND = "泊屿弦枫昀芷朗堃桁汀陌溪麓桥栎圃岸"
FORMS = (
    ("有限公司", "Co., Ltd.", 0.66),
    ("有限责任公司", "LLC", 0.10),
    ("股份有限公司", "Corporation", 0.14),
    ("集团有限公司", "Group Co., Ltd.", 0.10),
)
ALIKE_SHARE = 0.12


@dataclass(frozen=True, slots=True)
class Industry:
    """One trade of an industry; only the first row of an industry carries its share."""

    industry: str
    share: float
    policy: str
    trend: str
    word_zh: str
    word_en: str


@cache
def industries() -> tuple[Industry, ...]:
    """Read ``industries.csv`` beside this module."""
    with INDUSTRIES.open(encoding="utf-8", newline="") as lines:
        return tuple(
            Industry(
                industry=row["industry"],
                share=float(row["share"]),
                policy=row["policy"],
                trend=row["trend"],
                word_zh=row["word_zh"],
                word_en=row["word_en"],
            )
            for row in csv.DictReader(lines)
        )


def invent_firms(
    rng: np.random.Generator, industry: Texts, managers: Texts, cities: Texts
) -> list[tuple[str, str]]:
    """Draw one (Chinese, English) name a firm, each Chinese name once only.

    About one firm in eight takes the trade name of an earlier client of the same manager, so
    that the short name alone does not tell which firm is meant.
    """
    trades: dict[str, list[Industry]] = {each.industry: [] for each in industries()}
    for each in industries():
        trades[each.industry].append(each)
    brands = ["".join(pair) for pair in product(FIRST, SECOND)]
    earlier: dict[str, list[str]] = {}
    taken: dict[str, str] = {}
    for line, manager, city in zip(industry, managers, cities, strict=True):
        known = earlier.setdefault(str(manager), [])
        zh, en, brand = _unused(rng, trades[line], str(city), brands, known, taken)
        known.append(brand)
        taken[zh] = en
    return list(taken.items())


def _unused(
    rng: np.random.Generator,
    trades: list[Industry],
    city: str,
    brands: list[str],
    known: list[str],
    taken: dict[str, str],
) -> tuple[str, str, str]:
    while True:
        alike = bool(known) and rng.random() < ALIKE_SHARE
        pool = known if alike else brands
        brand = pool[int(rng.integers(len(pool)))]
        trade = trades[int(rng.integers(len(trades)))]
        form_zh, form_en, _ = FORMS[int(rng.choice(len(FORMS), p=[form[2] for form in FORMS]))]
        if (zh := f"{city}{brand}{trade.word_zh}{form_zh}") not in taken:
            return zh, f"{_roman(city)} {_roman(brand)} {trade.word_en} {form_en}", brand


def _roman(word: str) -> str:
    return "".join(map(reading, word)).capitalize()
