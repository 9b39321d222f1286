"""An evaluation on a terminal."""

from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table

from recommender.evaluating import Evaluation, table

_SHORT = {
    "coverage": "cover",
    "log_loss": "loss",
    "calibration_error": "ece",
    "fit_seconds": "fit s",
}


def print_table(console: Console, evaluation: Evaluation) -> None:
    """Print one row a method, each figure the mean over seeds."""
    about = ", ".join(f"{name} {value}" for name, value in evaluation.about.items())
    console.print(about, markup=False, highlight=False)
    shown = Table(box=SIMPLE, padding=(0, 1, 0, 0), pad_edge=False)
    rows = table(evaluation)
    for name in rows[0]:
        heading = _SHORT.get(name, name)
        shown.add_column(heading, justify="left" if name == "method" else "right", no_wrap=True)
    for row in rows:
        shown.add_row(*(_cell(value) for value in row.values()))
    console.print(shown)


def print_differences(console: Console, evaluation: Evaluation) -> None:
    """Print how far the final model is from the best of the others, with the interval."""
    console.print("final less the best other, 95 % bootstrap interval over held-out rows")
    shown = Table(box=SIMPLE, padding=(0, 1, 0, 0), pad_edge=False)
    for name in ("metric", "best other", "final", "other", "difference", "interval"):
        shown.add_column(name, justify="left" if "best" in name else "right", no_wrap=True)
    for each in evaluation.differences:
        interval = f"{each.low:+.3f} .. {each.high:+.3f}"
        apart = f"{each.final - each.other:+.3f}"
        shown.add_row(
            each.metric, each.best_other, f"{each.final:.3f}", f"{each.other:.3f}", apart, interval
        )
    console.print(shown)


def _cell(value: str | float | None) -> str:
    if value is None:
        return "–"
    return f"{value:.3f}" if isinstance(value, float) else value
