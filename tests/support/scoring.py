"""The day and the number of clients of the scoring tests, and what several of them do."""

from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq

from recommender.gate_block import ClientBlock
from recommender.scoring.job import Job
from recommender.scoring.run import Request, Workers, prepare, processes, run

TODAY = date(2026, 11, 20)
CLIENTS = 240


def answers(out: Path) -> pd.DataFrame:
    """Return everything a run wrote, by client."""
    return pq.read_table(out).to_pandas().sort_values("client_id", ignore_index=True)


def done(request: Request, workers: Workers | None = None) -> tuple[Job, int]:
    """Run a request and return its job and how many clients were scored."""
    job = prepare(request)
    return job, run(job, workers or processes(1), lambda *_: None)


def gate_rows(gate: ClientBlock, rows: np.ndarray) -> ClientBlock:
    """Return the gate's columns of some rows, in their order."""
    changed = {}
    for field in (each for each in fields(gate) if each.init):
        value = getattr(gate, field.name)
        if isinstance(value, np.ndarray):
            changed[field.name] = value[rows]
        elif isinstance(value, dict):
            changed[field.name] = {name: column[rows] for name, column in value.items()}
    return replace(gate, **changed)
