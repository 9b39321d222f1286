"""The same parts on many machines, by Dask."""

import uuid
from collections.abc import Iterator

from distributed import Client, as_completed

from recommender.scoring.job import Job, score_part
from recommender.scoring.run import Workers

_TRIES = 3


def workers(address: str) -> Workers:
    """Score on the workers of a Dask scheduler.

    Workers need this package, and the folders of the job under the same paths. A part whose
    worker dies is given to another; since a part's file appears whole or not at all, one that was
    scored twice is the same file.

    Parameters
    ----------
    address
        Of the scheduler, such as ``tcp://10.0.0.5:8786``.
    """

    def work(job: Job, numbers: list[int]) -> Iterator[int]:
        run = uuid.uuid4().hex
        with Client(address) as client:  # type: ignore[no-untyped-call]
            shared = client.scatter(job, broadcast=True)
            futures = [
                client.submit(
                    score_part, shared, number, key=f"score-{run}-{number}", retries=_TRIES
                )
                for number in numbers
            ]
            for future in as_completed(futures):  # type: ignore[no-untyped-call]
                yield future.result()

    return work
