"""Plots as PNG, drawn without a display, in a font that has the characters."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findSystemFonts

_CHINESE_FONTS = (
    "notosanscjk-regular",
    "notosanssc-regular",
    "sourcehansanssc-regular",
    "sourcehansanscn-regular",
    "wqy-microhei",
    "wqy-zenhei",
    "msyh",
    "simhei",
    "pingfang",
)
_HELD, _OPEN, _INK = "#0f5c63", "#b9d6d3", "#17272c"
_WIDE, _HIGH_A_BAR, _HIGH_ELSE = 7.2, 0.36, 1.0
_DOTS_AN_INCH = 120


@dataclass(frozen=True, slots=True)
class Bar:
    """One product: the share that holds it, and the share it may still be offered to."""

    label: str
    held: float
    open: float


def writes_chinese() -> bool:
    """Tell whether a font with Chinese characters is installed."""
    return _chinese_font() is not None


def penetration_plot(bars: Sequence[Bar], labels: Mapping[str, str]) -> bytes:
    """Draw one bar a product, the first on top.

    Parameters
    ----------
    labels
        Words for ``held``, ``open`` and ``axis``.
    """
    font = FontProperties(fname=_chinese_font(), size=10)  # without one, matplotlib's own
    figure = Figure(figsize=(_WIDE, _HIGH_A_BAR * len(bars) + _HIGH_ELSE), layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.subplots()
    rows = range(len(bars))
    held = [bar.held * 100 for bar in bars]
    axes.barh(rows, held, color=_HELD, height=0.66, label=labels["held"])
    left = [min(bar.open, 1 - bar.held) * 100 for bar in bars]
    axes.barh(rows, left, left=held, color=_OPEN, height=0.66, label=labels["open"])
    axes.set_yticks(
        rows, [f"{bar.label}  {bar.held:.0%}" for bar in bars], fontproperties=font, color=_INK
    )
    axes.set_xlabel(labels["axis"], fontproperties=font, color=_INK)
    axes.set_xlim(0, 100)
    axes.invert_yaxis()
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.tick_params(axis="y", length=0)
    figure.legend(loc="outside upper left", ncols=2, frameon=False, prop=font)
    written = io.BytesIO()
    figure.savefig(written, format="png", dpi=_DOTS_AN_INCH, metadata={"Software": None})
    return written.getvalue()


def reading_font(size: float) -> FontProperties:
    """Return a font with Chinese characters, or matplotlib's own where none is installed."""
    return FontProperties(fname=_chinese_font(), size=size)


@cache
def _chinese_font() -> str | None:
    found = {path.replace("\\", "/").rsplit("/", 1)[-1].lower(): path for path in findSystemFonts()}
    for wanted in _CHINESE_FONTS:
        for name in sorted(found):
            if name.startswith(wanted):
                return found[name]
    return None
