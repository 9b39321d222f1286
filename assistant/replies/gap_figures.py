"""The figures of the loop that fills gaps, as a table."""

from datetime import timedelta

from assistant.replies.blocks import Block, Column, Heading, Source, Table
from assistant.replies.gap_notices import shown
from assistant.replies.templates import Language, Words
from crm.gaps.figures import GapFigures


def present_figures(
    words: Words, language: Language, figures: GapFigures, days: int
) -> list[Block]:
    """Return what was asked, answered, how fast, and what most of all."""
    labels = words.labels(language, "gaps.figure_rows")
    values = figure_values(words, language, figures)
    most = [
        (
            f"#{number}",
            shown(words, language, wording),
            str(count),
            _status(words, language, status),
        )
        for number, wording, count, status in figures.most_asked
    ]
    blocks: list[Block] = [
        Heading(words.say(language, "gaps.figures", days=days)),
        Table(
            [Column(label) for label in words.labels(language, "gaps.figure_columns").values()],
            [(label, values[name]) for name, label in labels.items()],
        ),
    ]
    if most:
        columns = words.labels(language, "gaps.most_columns").values()
        caption = words.say(language, "gaps.most_asked")
        blocks.append(Table([Column(label) for label in columns], most, caption))
    return [*blocks, Source(words.say(language, "gaps.figures_meaning"))]


def figure_values(words: Words, language: Language, figures: GapFigures) -> dict[str, str]:
    """Return each figure as it is read."""
    share, time = figures.answered_share, figures.median_time
    return {
        "opened": str(figures.opened),
        "asks": words.say(language, "gaps.asks_by", asks=figures.asks, askers=figures.askers),
        "answered": str(figures.answered),
        "rejected": str(figures.rejected),
        "still_open": str(figures.still_open),
        "overdue": str(figures.overdue),
        "answered_share": "–" if share is None else f"{share:.0%}",
        "median_time": "–" if time is None else duration(words, language, time),
        "feedback": words.say(
            language, "gaps.thumbs", up=figures.thumbs_up, down=figures.thumbs_down
        ),
    }


def duration(words: Words, language: Language, time: timedelta) -> str:
    """Return a time in days and hours, or in minutes where it is short."""
    minutes = round(time.total_seconds() / 60)
    days, hours = minutes // 1440, minutes % 1440 // 60
    return words.say(language, "gaps.duration", days=days, hours=hours, minutes=minutes % 60)


def _status(words: Words, language: Language, status: str) -> str:
    return words.label(language, "gaps.statuses", status)
