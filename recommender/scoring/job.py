"""One part of a run from its tables to its Parquet file: the function that every worker runs."""

import uuid
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pyarrow.parquet as pq

from recommender.scoring.blocks import Offer, score_block
from recommender.scoring.columns import table
from recommender.scoring.parts import block_of, read_part
from recommender.scoring.scorer import Scorer
from recommender.scoring.splitting import part_folder
from recommender.storage import load


@dataclass(frozen=True, slots=True)
class Job:
    """A run, as it is handed to workers; they must see the folders under the same paths.

    Attributes
    ----------
    work, out
        Folders of the split tables and of the answers.
    kinds
        Column and kind, as `recommender.scoring.splitting` judged the whole table.
    """

    model: Path
    work: Path
    out: Path
    parts: int
    kinds: tuple[tuple[str, str], ...]
    offer: Offer

    def part_path(self, number: int) -> Path:
        """Return the file of a part's answers; it is there whole or not at all."""
        return self.out / f"part-{number:05d}.parquet"


def score_part(job: Job, number: int) -> int:
    """Answer for the clients of one part and return how many there were.

    Whoever runs it, and however often, writes the same file: it is made under a name of its own
    and then renamed.

    Raises
    ------
    DataError
        A table of the part is not as it must be.
    ModelError
        The model cannot be used.
    """
    products = job.offer.products
    part = read_part(part_folder(job.work, number), products, dict(job.kinds))
    if part is None:
        return 0
    scorer = _scorer(job.model, tuple(product.product_id for product in products))
    block = block_of(part, scorer, job.offer)
    scored = score_block(scorer, block, job.offer)
    path = job.part_path(number)
    building = path.with_name(f".{path.name}.{uuid.uuid4().hex}")
    try:
        pq.write_table(table(scored, scorer, job.offer, block.gate), building, compression="zstd")
        building.replace(path)
    finally:
        building.unlink(missing_ok=True)
    return len(part.ids)


@lru_cache(maxsize=2)
def _scorer(model: Path, catalogue: tuple[str, ...]) -> Scorer:
    return Scorer.of(load(model, catalogue))
