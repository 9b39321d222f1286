"""The figures of the loop as a picture."""

from pathlib import Path

import matplotlib as mpl
from matplotlib.dates import DateFormatter, date2num
from matplotlib.figure import Figure
from matplotlib.font_manager import fontManager
from matplotlib.ticker import MaxNLocator

from assistant.replies.templates import Language, Words
from crm.gaps.figures import GapFigures

_CHINESE_FONTS = ("Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "WenQuanYi Micro Hei")
_OPENED, _ANSWERED = "#b0bec5", "#12626b"
_WIDTH_DAYS = 2.6
_FEWEST_DAYS, _MARGIN = 49, 4
_WORDS = ("title", "opened", "answered", "week", "count")


def draw(figures: GapFigures, words: Words, language: Language, path: Path) -> None:
    """Draw the weeks of the figures into a file; its ending tells the kind."""
    known = {font.name for font in fontManager.ttflist}
    font = next((name for name in _CHINESE_FONTS if name in known), None)
    spoken: Language = language if font is not None else "en"
    family = [font, "DejaVu Sans"] if font is not None else ["DejaVu Sans"]
    with mpl.rc_context({"font.family": family, "svg.fonttype": "path"}):
        _figure(figures, words, spoken).savefig(path, dpi=150)


def _figure(figures: GapFigures, words: Words, language: Language) -> Figure:
    figure = Figure(figsize=(8, 4), layout="constrained")
    axes = figure.subplots()
    weeks = date2num([week for week, _, _ in figures.weeks])  # type: ignore[no-untyped-call]  # matplotlib has no type there
    opened = [count for _, count, _ in figures.weeks]
    answered = [count for _, _, count in figures.weeks]
    say = {k: words.say(language, f"gaps.plot_{k}") for k in _WORDS}
    axes.bar(weeks - _WIDTH_DAYS / 2, opened, _WIDTH_DAYS, color=_OPENED, label=say["opened"])
    axes.bar(weeks + _WIDTH_DAYS / 2, answered, _WIDTH_DAYS, color=_ANSWERED, label=say["answered"])
    axes.xaxis_date()
    axes.set_xticks(weeks)
    if len(weeks):  # few weeks keep the width they have among many
        axes.set_xlim(min(weeks[0], weeks[-1] - _FEWEST_DAYS) - _MARGIN, weeks[-1] + _MARGIN)
    axes.xaxis.set_major_formatter(DateFormatter("%m-%d"))  # type: ignore[no-untyped-call]
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set(title=say["title"], xlabel=say["week"], ylabel=say["count"])
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False)
    return figure
