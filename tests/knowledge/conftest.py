"""A small sound content folder that tests may spoil, and the tariff's real form."""

from collections.abc import Callable
from pathlib import Path

import pytest

HEADER = (
    "row_id,service,client_kind,channel,currency,basis,fee,rate,floor,cap,brackets,rounding,"
    "source_zh,source_en,effective_from,effective_to,note_zh,note_en,guided"
)
PERSONAL = "2000:2|5000:5|10000:10|50000:15|*:0.03%<=50"
CORPORATE = "10000:5|100000:10|500000:15|1000000:20|*:0.002%<=200"
END = "half_up,示例目录,Sample list"
ROWS = (
    f"T1,interbank,personal,counter,CNY,brackets,,,,,{PERSONAL},{END},2014-08-01,,,,yes",
    f"T2,interbank,corporate,counter,CNY,brackets,,,,,{CORPORATE},{END},2014-08-01,,,,yes",
    f"T3,interbank,personal,online,CNY,per_item,3,,,,,{END},2025-01-01,2025-12-31,,,no",
    f"T4,interbank,personal,online,CNY,free,,,,,,{END},2026-01-01,,免收,Free,no",
    f"T5,cash,personal,counter,CNY,rate,,0.5,,50,,{END},2014-08-01,,,,yes",
    f"T6,cheque,both,counter,CNY,per_item,1,,,,,{END},2014-08-01,,,,yes",
    f"T7,cheque_loss,both,counter,CNY,rate,,0.1,5,,,{END},2014-08-01,,,,yes",
    f"T8,cheque_form,both,any,CNY,per_item,0.40,,,,,{END},2014-08-01,,,,yes",
    f"T9,card_year,both,any,CNY,fixed,10,,,,,{END},2026-01-01,,,,no",
    f"T10,credit_letter,corporate,counter,USD,rate,,0.1,50,1000,,{END},2026-01-01,,,,no",
    f"T11,credit_letter,corporate,counter,EUR,rate,,0.2,50,1000,,{END},2026-01-01,,,,no",
)
SERVICES = """\
- {service: interbank, name_zh: 跨行转账汇款, name_en: Inter-bank transfer,
   aliases_zh: [跨行转账, 跨行汇款, 跨行汇, 他行转账],
   aliases_en: [wire to another bank], unit_zh: 笔, unit_en: transfer}
- {service: cash, name_zh: 现金汇款, name_en: Cash remittance, aliases_zh: [], aliases_en: []}
- {service: cheque, name_zh: 支票, name_en: Cheque, aliases_zh: [支票手续费], aliases_en: [check]}
- {service: cheque_loss, name_zh: 支票挂失, name_en: Cheque loss report}
- {service: cheque_form, name_zh: 支票工本费, name_en: Cheque form}
- {service: card_year, name_zh: 借记卡年费, name_en: Debit card annual fee, aliases_zh: [年费]}
- {service: credit_letter, name_zh: 信用证开立, name_en: Letter of credit}
"""
ENTRY = """\
---
id: {id}
title: {title}
questions:
{questions}
department: 示例部
phone: 分机 8000
products: []
client_kind: both
audience: {audience}
duration: 当日
decided_by:
version: 1
effective_from: {first}
effective_to: {last}
source: 示例规程
---
## {steps}
1. {title}
2. {second}
## {papers}
- {paper}
"""
ENTRIES = {
    ("ebank-open", "zh"): (
        "企业网上银行开通",
        "企业网银怎么开通|开网银要什么材料|公司想用网上银行|网银开户流程|企业网银多久能用",
        "提交申请表",
        "营业执照",
    ),
    ("seal-loss", "zh"): (
        "预留印鉴挂失",
        "印鉴丢了怎么办|公章遗失如何挂失|财务章找不到了|印鉴卡挂失要带什么|法人章丢失能办业务吗",
        "登报声明",
        "公安证明",
    ),
    ("cheque-buy", "zh"): (
        "购买支票",
        "支票怎么买|支票用完了去哪里领|买一本支票要多久|谁可以来购买支票|支票领购单怎么填",
        "填写领购单",
        "领购证",
    ),
    ("ebank-open", "en"): (
        "Opening corporate e-banking",
        "how to open corporate e-banking|papers for online banking|steps for e-banking|"
        "company wants internet banking|how long until e-banking works",
        "Hand in the form",
        "Business licence",
    ),
    ("seal-loss", "en"): (
        "Loss of a specimen seal",
        "the seal is lost|company chop missing|report a lost stamp|papers for a seal loss|"
        "cannot find the finance seal",
        "Announce the loss",
        "Police note",
    ),
    ("cheque-buy", "en"): (
        "Buying cheques",
        "where to buy cheques|we ran out of cheques|who may collect a cheque book|"
        "cheque purchase form|how long for a cheque book",
        "Fill in the purchase slip",
        "Purchase card",
    ),
}
HEADINGS = {"zh": ("步骤", "材料"), "en": ("Steps", "Papers")}


def entry_text(entry_id: str, language: str, **changes: str) -> str:
    title, questions, second, paper = ENTRIES[entry_id, language]
    steps, papers = HEADINGS[language]
    fields = {
        "id": entry_id,
        "title": title,
        "questions": "\n".join(f"  - {question}" for question in questions.split("|")),
        "audience": "[]",
        "first": "2026-01-01",
        "last": "",
        "steps": steps,
        "papers": papers,
        "second": second,
        "paper": paper,
    }
    return ENTRY.format(**{**fields, **changes})


def write_content(root: Path) -> Path:
    for entry_id, language in ENTRIES:
        (root / language).mkdir(parents=True, exist_ok=True)
        text = entry_text(entry_id, language)
        (root / language / f"{entry_id}.md").write_text(text, "utf-8")
    (root / "services.yml").write_text(SERVICES, "utf-8")
    (root / "synonyms.yml").write_text("zh: [[网银, 网上银行]]\nen: [[chop, seal]]\n", "utf-8")
    (root / "tariff.csv").write_text("\n".join([HEADER, *ROWS]) + "\n", "utf-8")
    return root


@pytest.fixture
def content_root(tmp_path: Path) -> Path:
    """A sound content folder of the test's own."""
    return write_content(tmp_path / "content")


@pytest.fixture
def spoil(content_root: Path) -> Callable[[str, str, str], Path]:
    """Replace text in one content file, which must hold it, and return the folder."""

    def change(name: str, old: str, new: str) -> Path:
        path = content_root / name
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")
        return content_root

    return change
