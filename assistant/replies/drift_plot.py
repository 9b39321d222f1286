"""The drift of inputs as a picture: one bar an attribute or product, the thresholds as lines."""

import io
from collections.abc import Mapping, Sequence

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from assistant.replies.plots import reading_font
from recommender.drift import SHIFTED, WATCHED, Drift

MOST_BARS = 20
_STABLE, _SHIFTED, _INK = "#b9d6d3", "#b3541e", "#17272c"
_WIDE, _HIGH_A_BAR, _HIGH_ELSE = 7.2, 0.32, 1.4


def drift_plot(rows: Sequence[Drift], names: Sequence[str], labels: Mapping[str, str]) -> bytes:
    """Draw the largest indices as a PNG, the largest on top.

    Parameters
    ----------
    names
        What each row is called.
    labels
        Words for ``title``, ``axis``, ``watched``, ``shifted`` and ``chance``.
    """
    shown, called = list(rows[:MOST_BARS]), list(names[:MOST_BARS])
    font = reading_font(10)
    high = _HIGH_A_BAR * max(len(shown), 1) + _HIGH_ELSE
    figure = Figure(figsize=(_WIDE, high), layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.subplots()
    places = range(len(shown))
    colours = [_SHIFTED if row.shifted else _STABLE for row in shown]
    axes.barh(places, [row.index for row in shown], color=colours, height=0.66)
    chance = [row.by_chance for row in shown]
    axes.scatter(chance, places, marker="|", s=90, color=_INK, label=labels["chance"])
    for at, style, word in ((WATCHED, ":", "watched"), (SHIFTED, "--", "shifted")):
        axes.axvline(at, linestyle=style, linewidth=1, color=_INK, label=labels[word])
    for place, row in zip(places, shown, strict=True):
        axes.text(row.index, place, f" {row.index:.3f}", va="center", fontsize=9, color=_INK)
    axes.set_yticks(places, called, fontproperties=font, color=_INK)
    axes.set_xlabel(labels["axis"], fontproperties=font, color=_INK)
    largest = max([SHIFTED, *(row.index for row in shown), *chance])
    axes.set_xlim(0, largest * 1.15)
    axes.invert_yaxis()
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.tick_params(axis="y", length=0)
    figure.suptitle(labels["title"], fontproperties=font, color=_INK)
    figure.legend(loc="outside lower center", ncols=3, frameon=False, prop=font)
    written = io.BytesIO()
    figure.savefig(written, format="png", dpi=120, metadata={"Software": None})
    return written.getvalue()
