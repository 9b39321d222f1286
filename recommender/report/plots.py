"""Plots as SVG. Words stay on the page around them; a plot shows identifiers and numbers only."""

from collections.abc import Mapping, Sequence
from io import StringIO
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from recommender.comparison import LOWER_IS_BETTER, Difference
from recommender.report.curves import Gain, Reliability, Standing

BLUE, ORANGE, GREY, GREEN = "#1f5fa8", "#d9822b", "#8a8f98", "#2c8a57"
CURVES = 6
STYLE: dict[Any, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "report",
    "font.size": 10,
    "axes.spines.top": False,
    "axes.spines.right": False,
}


def calibration(curves: Mapping[str, Reliability]) -> str:
    """Share of hits over chance for each method, with two standard errors; on the line is right."""
    figure, axes = _figure(6.4, 4.6)
    lowest = min(float(curve.chances.min()) for curve in curves.values())
    axes.plot([lowest, 1], [lowest, 1], color=GREY, linewidth=1, linestyle="--")
    for (name, curve), color in zip(curves.items(), (BLUE, ORANGE, GREEN), strict=False):
        axes.errorbar(
            curve.chances,
            np.maximum(curve.hits, lowest / 2),
            yerr=2 * curve.errors,
            color=color,
            marker="o",
            markersize=4,
            linewidth=1.4,
            elinewidth=0.8,
            label=name,
        )
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_ylim(bottom=lowest / 3, top=1.2)
    axes.legend(frameon=False)
    return _svg(figure)


def gain_curves(gains: Sequence[Gain], names: Sequence[str]) -> str:
    """Share of takers reached over share of clients asked, for the products with most takers."""
    figure, axes = _figure(6.4, 4.6)
    axes.plot([0, 1], [0, 1], color=GREY, linewidth=1, linestyle="--")
    shades = mpl.colormaps["viridis"](np.linspace(0, 0.9, len(gains[:CURVES])))
    for gain, shade in zip(gains[:CURVES], shades, strict=True):
        label = f"{names[gain.product]} ({gain.takers})"
        axes.plot(gain.asked, gain.reached, linewidth=1.6, color=shade, label=label)
    axes.legend(frameon=False, fontsize=9, loc="lower right")
    _as_shares(axes, "xy")
    return _svg(figure)


def lifts(gains: Sequence[Gain], names: Sequence[str]) -> str:
    """Lift in the first tenth, a bar a product; 1 is chance."""
    ordered = sorted(gains, key=lambda gain: gain.lift)
    figure, axes = _figure(6.4, 0.9 + 0.24 * len(ordered))
    labels = [f"{names[gain.product]} ({gain.takers})" for gain in ordered]
    bars = axes.barh(labels, [gain.lift for gain in ordered], color=BLUE, height=0.7)
    axes.bar_label(bars, fmt="%.1f", padding=3, fontsize=9)
    axes.axvline(1.0, color=GREY, linewidth=1, linestyle="--")
    axes.margins(x=0.1, y=0.02)
    return _svg(figure)


def against_counting(standings: Sequence[Standing], names: Sequence[str]) -> str:
    """From counting (open) to the final model (full): blue where it wins, orange where not."""
    ordered = list(reversed(standings))
    figure, axes = _figure(6.4, 0.9 + 0.24 * len(ordered))
    places = np.arange(len(ordered))
    for place, each in zip(places, ordered, strict=True):
        color = BLUE if each.final > each.counting else ORANGE
        color = GREY if each.final == each.counting else color
        axes.plot([each.counting, each.final], [place, place], color=color, linewidth=2)
        axes.plot(each.counting, place, "o", color=color, markerfacecolor="white", markersize=6)
        axes.plot(each.final, place, "o", color=color, markersize=6)
    axes.set_yticks(places, [f"{names[each.product]} ({each.rows})" for each in ordered])
    axes.margins(y=0.03)
    _as_shares(axes, "x")
    return _svg(figure)


def intervals(differences: Sequence[Difference]) -> str:
    """Draw the final model less the best other on each metric, better to the right."""
    figure, axes = _figure(6.4, 0.8 + 0.34 * len(differences))
    for place, each in enumerate(reversed(differences)):
        sign = -1 if each.metric in LOWER_IS_BETTER else 1
        low, high = sorted((sign * each.low, sign * each.high))
        color = BLUE if low > 0 else ORANGE if high < 0 else GREY
        axes.plot([low, high], [place, place], color=color, linewidth=2)
        axes.plot(sign * (each.final - each.other), place, "o", color=color)
    labels = [f"{each.metric} / {each.best_other}" for each in reversed(differences)]
    axes.set_yticks(range(len(differences)), labels)
    axes.axvline(0.0, color=GREY, linewidth=1, linestyle="--")
    return _svg(figure)


def _figure(width: float, height: float) -> tuple[Figure, Axes]:
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(width, height), layout="constrained")
        return figure, figure.add_subplot()


def _as_shares(axes: Axes, which: str) -> None:
    formatter = mpl.ticker.PercentFormatter(1.0, decimals=0)
    if "x" in which:
        axes.xaxis.set_major_formatter(formatter)
    if "y" in which:
        axes.yaxis.set_major_formatter(formatter)


def _svg(figure: Figure) -> str:
    with mpl.rc_context(STYLE):
        written = StringIO()
        figure.savefig(written, format="svg", metadata={"Date": None})
    text = written.getvalue()
    return text[text.index("<svg") :]
