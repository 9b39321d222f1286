"""One evaluation from folder to figures, as an object that prints as JSON."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

import numpy as np

from recommender.comparison import Difference, differences
from recommender.dataset import Dataset
from recommender.evaluate import Answer, Question, ask, over_seeds
from recommender.methods import Method, all_methods
from recommender.segments import hits_by_product, hits_by_segment
from recommender.settings import Settings
from recommender.tables import HiddenHoldings

DIGITS = 6
COLUMNS = (
    "hr@1",
    "hr@3",
    "mrr",
    "macro_hr@3",
    "ndcg@5",
    "coverage",
    "log_loss",
    "calibration_error",
    "fit_seconds",
)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Every method on the same hidden holdings, for each seed.

    Attributes
    ----------
    about
        Data, sizes, seeds and how the holdings were hidden.
    """

    about: Mapping[str, object]
    visible: Dataset
    asked: Question
    runs: Sequence[Sequence[Answer]]
    differences: tuple[Difference, ...]


def run_evaluation(
    data: tuple[str, HiddenHoldings],
    seeds: Sequence[int],
    settings: Settings,
    further: Mapping[str, Method] | None = None,
) -> Evaluation:
    """Measure every method.

    Parameters
    ----------
    data
        What to call it, and what is visible and hidden.
    further
        More methods to stand in the table, such as selling rules.
    """
    name, holdings = data
    asked = ask(holdings.visible, holdings.hidden)
    runs = over_seeds(holdings.visible, asked, all_methods(further), seeds, settings)
    about = {
        "data": name,
        "clients": len(holdings.visible.client_ids),
        "products": len(holdings.visible.product_ids),
        "held_out": len(holdings.hidden),
        **holdings.about,
        "seed": seeds[0],
        "seeds": list(seeds),
    }
    return Evaluation(about, holdings.visible, asked, runs, differences(runs, asked, seeds[0]))


def table(evaluation: Evaluation) -> list[dict[str, str | float | None]]:
    """One row a method, each figure the mean over seeds, as `as_json` shows it."""
    return [
        {"method": own[0].row.method} | _means([figures(answer) for answer in own])
        for own in zip(*evaluation.runs, strict=True)
    ]


def figures(answer: Answer) -> dict[str, float | None]:
    """Return the columns of the table for one method and seed."""
    quality = answer.row.quality
    values = (
        quality.hr_at_1,
        quality.hr_at_3,
        quality.mrr,
        quality.macro_hr_at_3,
        quality.ndcg_at_5,
        quality.coverage,
        quality.log_loss,
        quality.calibration_error,
        answer.row.fit_seconds,
    )
    return dict(zip(COLUMNS, values, strict=True))


def as_json(evaluation: Evaluation) -> dict[str, object]:
    """One object: about the run, the rows, where hits are, and what chance leaves of the lead."""
    rows = table(evaluation)
    first = evaluation.runs[0]
    for row, answer in zip(rows, first, strict=True):
        parts = (answer.found, evaluation.asked, evaluation.visible)
        row["by_product"] = hits_by_product(*parts)  # type: ignore[assignment]
        row["by_segment"] = hits_by_segment(*parts)  # type: ignore[assignment]
    return {
        **evaluation.about,
        "rows": rows,
        "runs": [
            {
                "seed": seed,
                "rows": [{"method": a.row.method} | _rounded(figures(a)) for a in run],
            }
            for seed, run in zip(evaluation.about["seeds"], evaluation.runs, strict=True)  # type: ignore[call-overload]
        ],
        "final_against_best": [
            {name: _round(value) for name, value in asdict(difference).items()}
            for difference in evaluation.differences
        ],
    }


def _means(several: Sequence[dict[str, float | None]]) -> dict[str, float | None]:
    means: dict[str, float | None] = {}
    for name in COLUMNS:
        values = [each[name] for each in several]
        known = [value for value in values if value is not None]
        means[name] = float(np.mean(known)) if known else None
    return _rounded(means)


def _rounded(row: dict[str, float | None]) -> dict[str, float | None]:
    return {name: _round(value) for name, value in row.items()}


def _round[Value](value: Value) -> Value:
    return round(value, DIGITS) if isinstance(value, float) else value  # type: ignore[return-value]
