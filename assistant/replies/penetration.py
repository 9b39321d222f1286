"""The penetration table and its plot, as blocks."""

from assistant.replies.blocks import Block, Column, Heading, Note, Picture, Source, Table
from assistant.replies.money import share, yuan
from assistant.replies.plots import Bar, penetration_plot, writes_chinese
from assistant.replies.reasons import ReasonWords
from assistant.replies.templates import Language, Words
from assistant.services.penetrating import PenetrationTable
from recommender.book import Penetration

_PLOTTED = 12


def present_penetration(words: Words, language: Language, found: PenetrationTable) -> list[Block]:
    """Return each product's penetration and open potential, most expected value first."""
    role, branch = found.employee.role, found.employee.branch_name_zh
    if language == "en":
        branch = found.employee.branch_name_en
    heading = words.say(language, f"penetration.heading_{role}", branch=branch)
    told = ReasonWords(words, language, found.products)
    if not found.clients:
        return [Heading(heading), Note(words.say(language, "penetration.none"))]
    return [
        Heading(heading),
        _plot(words, language, found),
        Table(penetration_columns(words, language), penetration_rows(words, language, found)),
        Source(
            words.say(language, "penetration.meaning", below=share(found.hopeless_below, language))
        ),
        Source(told.model(found.card.version, found.card.trained_at)),
    ]


def penetration_columns(words: Words, language: Language) -> list[Column]:
    """Return the columns of the table."""
    labels = words.labels(language, "penetration.columns")
    return [Column(text, "left" if code == "product" else "right") for code, text in labels.items()]


def penetration_rows(words: Words, language: Language, found: PenetrationTable) -> list[list[str]]:
    """Return one row a product."""
    told = ReasonWords(words, language, found.products)
    return [
        [
            told.product(row.product_id),
            f"{row.holders}/{row.eligible}",
            share(row.share, language),
            str(row.open),
            f"{row.expected_sales:.1f}",
            yuan(row.expected_value, language),
        ]
        for row in found.rows
    ]


def _plot(words: Words, language: Language, found: PenetrationTable) -> Picture:
    """Draw the products of most potential; in English where no Chinese font is installed."""
    drawn: Language = language if writes_chinese() else "en"
    told = ReasonWords(words, drawn, found.products)
    rows = found.rows[:_PLOTTED]
    bars = [Bar(told.product(row.product_id), row.share, _open_share(row)) for row in rows]
    labels = words.labels(drawn, "penetration.plot")
    said = ReasonWords(words, language, found.products)
    alt = words.say(
        language,
        "penetration.alt",
        products=[f"{said.product(r.product_id)} {share(r.share, language)}" for r in rows],
    )
    name = words.say(language, "penetration.file", version=found.card.version)
    return Picture(penetration_plot(bars, labels), alt, f"{name}.png")


def _open_share(row: Penetration) -> float:
    return row.open / row.eligible if row.eligible else 0.0
