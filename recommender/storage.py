"""A trained model on disk: one folder a version, arrays in model.npz, the rest in model.json.

No pickle: nothing in the folder can run. The JSON carries the checksum of the arrays.
"""

import hashlib
import zipfile
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from pydantic import TypeAdapter, ValidationError

from recommender.attributes import AttributeSpace
from recommender.crosses import Crosses
from recommender.errors import ModelBroken, ModelMismatch
from recommender.identifiers import Identifiers
from recommender.linear import LinearScores
from recommender.model import ContextModel
from recommender.peers import Peers
from recommender.readiness import Readiness
from recommender.standing import Standing
from recommender.trained import ModelCard, TrainedModel

ARRAYS = "model.npz"
DESCRIPTION = "model.json"
FORMAT = 3


@dataclass(frozen=True, slots=True)
class _Description:
    """The content of model.json."""

    format: int
    arrays_sha256: str
    card: ModelCard
    products: tuple[str, ...]
    attributes: AttributeSpace
    crosses: Crosses


def save(trained: TrainedModel, out_dir: Path) -> Path:
    """Write a model into a folder named by its version.

    The folder appears whole or not at all.

    Raises
    ------
    FileExistsError
        If the version is there already.
    """
    folder = out_dir / trained.card.version
    if folder.exists():
        raise FileExistsError(folder)
    building = out_dir / f".{trained.card.version}"
    building.mkdir(parents=True, exist_ok=True)
    model, peers = trained.model, trained.peers
    np.savez_compressed(
        building / ARRAYS,
        weights=model.scores.weights,
        base=model.scores.base,
        tilt=model.tilt,
        holders=model.holders,
        standing_kinds=model.standing.kinds,
        above=model.standing.above,
        below=model.standing.below,
        absent=model.standing.absent,
        profiles=peers.profiles,
        held=peers.held,
        kinds=peers.kinds,
        client_ids=peers.client_ids,
        effects=peers.effects,
        ready_kinds=trained.readiness.kinds,
        ready_chances=trained.readiness.chances,
    )
    checksum = _checksum(building / ARRAYS)
    described = _Description(
        FORMAT, checksum, trained.card, model.products.ids, model.attributes, model.crosses
    )
    (building / DESCRIPTION).write_bytes(TypeAdapter(_Description).dump_json(described, indent=1))
    return building.rename(folder)


def load(folder: Path, catalogue: Collection[str]) -> TrainedModel:
    """Read a model back.

    Parameters
    ----------
    folder
        The folder of one version.
    catalogue
        Every product the bank has; more than the model knows is allowed.

    Raises
    ------
    ModelBroken
        If a file is missing, damaged or altered.
    ModelMismatch
        If the model knows products the catalogue does not.
    """
    described = _describe(folder)
    lost = tuple(product for product in described.products if product not in catalogue)
    if lost:
        raise ModelMismatch(str(folder), lost)
    try:
        if _checksum(folder / ARRAYS) != described.arrays_sha256:
            raise ModelBroken(str(folder), f"{ARRAYS} does not match its checksum")
        with np.load(folder / ARRAYS, allow_pickle=False) as stored:
            return _assemble(described, dict(stored))
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise ModelBroken(str(folder), f"{ARRAYS}: {error}") from error


def _describe(folder: Path) -> _Description:
    try:
        content = (folder / DESCRIPTION).read_bytes()
        described = TypeAdapter(_Description).validate_json(content)
    except OSError as error:
        raise ModelBroken(str(folder), f"{DESCRIPTION} cannot be read") from error
    except ValidationError as error:
        raise ModelBroken(str(folder), f"{DESCRIPTION} is not as it was written") from error
    if described.format != FORMAT:
        raise ModelBroken(str(folder), f"format {described.format}, not {FORMAT}")
    return described


def _assemble(described: _Description, arrays: dict[str, np.ndarray]) -> TrainedModel:
    model = ContextModel(
        attributes=described.attributes,
        products=Identifiers(described.products),
        crosses=described.crosses,
        scores=LinearScores(arrays["weights"], arrays["base"]),
        tilt=arrays["tilt"],
        holders=arrays["holders"],
        standing=Standing(
            *(arrays[name] for name in ("standing_kinds", "above", "below", "absent"))
        ),
    )
    names = ("profiles", "held", "kinds", "client_ids", "effects")
    peers = Peers(*(arrays[name] for name in names))
    readiness = Readiness(arrays["ready_kinds"], arrays["ready_chances"])
    return TrainedModel(model, peers, readiness, described.card)


def _checksum(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
