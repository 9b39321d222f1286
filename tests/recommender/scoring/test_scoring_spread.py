"""The same run on a real Dask cluster, one of whose workers dies on the way."""

import os
import signal
from dataclasses import replace
from pathlib import Path

import dask
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from distributed import LocalCluster

from recommender.scoring.run import Request, prepare, run
from recommender.scoring.spread import workers
from tests.support.scoring import CLIENTS, done


def rows(out: Path) -> pa.Table:
    table = pq.read_table(out)
    return table.take(pc.sort_indices(table["client_id"]))


@pytest.mark.filterwarnings("ignore")  # Dask's own, on a machine of few cores
def test_a_cluster_answers_row_for_row_as_one_process_though_a_worker_is_killed(
    request_of: Request, tmp_path: Path
) -> None:
    """SIGKILL after the first part, without a nanny that would start the worker again."""
    small = replace(request_of, block=4)
    done(small)
    job = prepare(replace(small, out=tmp_path / "spread"))
    comm = "distributed.comm.timeouts"
    unhurried = {f"{comm}.connect": "120s", f"{comm}.tcp": "120s"}
    with (
        dask.config.set(unhurried),
        LocalCluster(
            n_workers=3, threads_per_worker=1, processes=True, dashboard_address=None
        ) as cluster,
    ):
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
    assert rows(small.out).equals(rows(tmp_path / "spread"))
