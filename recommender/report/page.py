"""Fill the page."""

from pathlib import Path
from typing import Any

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from recommender.evaluate import final_of
from recommender.evaluating import COLUMNS, Evaluation, table
from recommender.methods import COUNTING, POPULARITY
from recommender.report import plots
from recommender.report.curves import gains, reliability_by_mass, standings
from recommender.segments import hits_by_segment

_FOLDER = Path(__file__).parent
_COMPARED = ("logistic regression",)
_LOWER = frozenset({"log_loss", "calibration_error", "fit_seconds"})


def write_report(evaluation: Evaluation, language: str) -> str:
    """Return the page; plots show the first seed, figures are means over seeds.

    Parameters
    ----------
    language
        ``zh`` or ``en``.
    """
    words: dict[str, dict[str, Any]] = yaml.safe_load(
        (_FOLDER / "words.yml").read_text(encoding="utf-8")
    )
    environment = Environment(
        loader=FileSystemLoader(_FOLDER), autoescape=True, undefined=StrictUndefined
    )
    rows = table(evaluation)
    return environment.get_template("report.html.j2").render(
        language=language,
        words=words[language],
        about=evaluation.about,
        columns=COLUMNS,
        rows=rows,
        best={name: _best(rows, name) for name in COLUMNS},
        differences=evaluation.differences,
        segments=_segments(evaluation),
        plots=_plots(evaluation),
    )


def _plots(evaluation: Evaluation) -> dict[str, str]:
    run, asked = evaluation.runs[0], evaluation.asked
    names = evaluation.visible.product_ids.ids
    final = final_of(run)
    chances = final.chances
    if chances is None:
        raise ValueError("the final model gives chances")
    curves = {final.row.method: reliability_by_mass(chances, asked)}
    for answer in run:
        if answer.row.method in _COMPARED and answer.chances is not None:
            curves[answer.row.method] = reliability_by_mass(answer.chances, asked)
    counting = [a for a in run if a.row.method in COUNTING and a.row.method != POPULARITY]
    found = gains(chances, asked)
    standing = standings(final, counting, asked)
    return {
        "intervals": plots.intervals(evaluation.differences),
        "calibration": plots.calibration(curves),
        "gain": plots.gain_curves(found, names) if found else "",
        "lift": plots.lifts(found, names) if found else "",
        "counting": plots.against_counting(standing, names) if standing else "",
    }


def _segments(evaluation: Evaluation) -> dict[str, dict[str, float]]:
    found = final_of(evaluation.runs[0]).found
    return hits_by_segment(found, evaluation.asked, evaluation.visible)


def _best(rows: list[dict[str, Any]], column: str) -> float | None:
    values = [row[column] for row in rows if row[column] is not None]
    if not values:
        return None
    return float(min(values) if column in _LOWER else max(values))
