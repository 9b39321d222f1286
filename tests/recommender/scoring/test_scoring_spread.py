"""The same run on a real Dask cluster, one of whose workers dies on the way."""

import os
import signal
import threading
import time
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest
from distributed import LocalCluster

from recommender.scoring.run import Request, prepare, processes, run
from recommender.scoring.spread import workers

from .conftest import CLIENTS


@pytest.mark.filterwarnings("ignore")  # Dask's own, on a machine of few cores
def test_a_cluster_answers_row_for_row_as_one_process_though_a_worker_is_killed(
    request_of: Request, tmp_path: Path
) -> None:
    """SIGKILL after the first part, without a nanny that would start the worker again."""
    small = replace(request_of, block=4)
    run(prepare(small), processes(1), lambda parts, clients: None)
    job = prepare(replace(small, out=tmp_path / "spread"))
    with LocalCluster(
        n_workers=3, threads_per_worker=1, processes=True, dashboard_address=None
    ) as cluster:
        victim = next(iter(cluster.workers.values())).process.pid
        killed: list[int] = []

        def kill(done: int, _clients: int) -> None:
            if done == 3:
                os.kill(victim, signal.SIGKILL)
                killed.append(done)

        count = run(job, workers(cluster.scheduler_address), kill)
    assert killed
    assert count == CLIENTS
    assert job.parts > 50
    ours, theirs = (
        pq.read_table(out).to_pandas().sort_values("client_id", ignore_index=True)
        for out in (small.out, tmp_path / "spread")
    )
    pd.testing.assert_frame_equal(ours, theirs, check_exact=True)
