"""``python -m recommender evaluate DIR``: every method on a bank's own export."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from recommender.errors import RecommenderError
from recommender.evaluate import MethodQuality, evaluate
from recommender.scoring.command import score_folder
from recommender.tables import read_evaluation

BAD_INPUT = 2

app = typer.Typer(add_completion=False, no_args_is_help=True)
app.command("score")(score_folder)


@app.callback()
def main() -> None:
    """Next-best products: measure the methods."""


@app.command("evaluate")
def evaluate_folder(
    folder: Annotated[
        Path, typer.Argument(help="Holds clients.csv, holdings.csv, heldout.csv, products.csv.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    seed: Annotated[int, typer.Option(help="Same seed, same figures.")] = 0,
) -> None:
    """Train on what is visible and rank the products not visibly held."""
    try:
        visible, hidden = read_evaluation(folder)
        rows = evaluate(visible, hidden, seed)
    except RecommenderError as error:
        Console(stderr=True, soft_wrap=True, markup=False, highlight=False).print(str(error))
        raise typer.Exit(BAD_INPUT) from error
    summary = {
        "data": str(folder),
        "clients": len(visible.client_ids),
        "products": len(visible.product_ids),
        "held_out": len(hidden),
        "seed": seed,
    }
    if as_json:
        sys.stdout.write(json.dumps({**summary, "rows": [_row(row) for row in rows]}) + "\n")
    else:
        _print_table(", ".join(f"{name} {value}" for name, value in summary.items()), rows)


def _row(row: MethodQuality) -> dict[str, str | float]:
    return {
        "method": row.method,
        "hr@1": round(row.quality.hr_at_1, 6),
        "hr@3": round(row.quality.hr_at_3, 6),
        "mrr": round(row.quality.mrr, 6),
        "macro_hr@3": round(row.quality.macro_hr_at_3, 6),
        "fit_seconds": round(row.fit_seconds, 3),
    }


def _print_table(title: str, rows: tuple[MethodQuality, ...]) -> None:
    table = Table(title=title)
    cells = [_row(row) for row in rows]
    for name in cells[0]:
        table.add_column(name, justify="left" if name == "method" else "right")
    for row in cells:
        table.add_row(*(f"{v:.3f}" if isinstance(v, float) else v for v in row.values()))
    Console().print(table)


if __name__ == "__main__":
    app()
