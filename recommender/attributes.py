"""Attributes of clients or products as a sparse table of levels."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
import scipy.sparse as sp
from numpy.typing import NDArray

from recommender.levels import UNKNOWN, Levels, find_levels
from recommender.results import UnknownAttribute


@dataclass(frozen=True, slots=True)
class Feature:
    """One column of the sparse table: an attribute at one of its levels."""

    attribute: str
    level: str


@dataclass(frozen=True, slots=True)
class AttributeSpace:
    """All attributes with their levels, in column order."""

    attributes: tuple[Levels, ...]

    @property
    def features(self) -> tuple[Feature, ...]:
        """The columns of `encode`."""
        return tuple(Feature(a.name, level) for a in self.attributes for level in a.names)

    @property
    def width(self) -> int:
        """How many columns `encode` has."""
        return sum(len(attribute.names) for attribute in self.attributes)

    @property
    def weight(self) -> float:
        """Weight of one feature.

        All attributes of a client together then have length 1, as one held product has: a
        client of forty attributes does not drown what the client holds.
        """
        return math.sqrt(1.0 / max(len(self.attributes), 1))

    def encode(self, frame: pd.DataFrame) -> sp.csr_matrix:
        """One row a client, shape (n, features), float32, each known level at `weight`."""
        starts = np.cumsum([0, *(len(attribute.names) for attribute in self.attributes)])
        codes = [
            attribute.codes(frame[attribute.name])
            if attribute.name in frame.columns
            else attribute.codes(pd.Series([None] * len(frame), dtype=object))
            for attribute in self.attributes
        ]
        table = np.array(codes, dtype=np.int32).reshape(len(codes), len(frame)).T
        known = table >= 0
        columns = (table + starts[:-1].astype(np.int32))[known]
        ends = np.concatenate([[0], np.cumsum(known.sum(axis=1))])
        values = np.full(len(columns), self.weight, dtype=np.float32)
        return sp.csr_matrix((values, columns, ends), shape=(len(frame), int(starts[-1])))

    def columns(self, attributes: Mapping[str, object]) -> NDArray[np.int64]:
        """Columns of one client that are not zero in `encode`, ascending."""
        found, start = [], 0
        for attribute in self.attributes:
            code = attribute.code(attributes.get(attribute.name))
            if code >= 0:
                found.append(start + code)
            start += len(attribute.names)
        return np.array(found, dtype=np.int64)

    def unknown(self, attributes: Mapping[str, object]) -> tuple[UnknownAttribute, ...]:
        """Return the values of one client that training never saw."""
        return tuple(
            UnknownAttribute(attribute.name, str(attributes[attribute.name]))
            for attribute in self.attributes
            if attribute.name in attributes
            and attribute.code(attributes[attribute.name]) == UNKNOWN
        )


def frame_of(attributes: list[Mapping[str, object]]) -> pd.DataFrame:
    """Lay out the attributes of several clients as a table without changing any value."""
    names = sorted({name for case in attributes for name in case})
    columns = {name: pd.Series([c.get(name) for c in attributes], dtype=object) for name in names}
    return pd.DataFrame(columns, index=range(len(attributes)))


def find_attributes(frame: pd.DataFrame) -> AttributeSpace:
    """Find the type and the levels of every column; columns of no use are left out."""
    found = (find_levels(str(name), frame[name]) for name in frame.columns)
    return AttributeSpace(tuple(levels for levels in found if levels is not None))
