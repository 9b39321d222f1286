"""The parts of a model as arrays: each field of a named tuple under its own name. Free of Rasa."""

from typing import Any, Dict, Mapping, NamedTuple, Type, TypeVar

import numpy as np

Part = TypeVar("Part", bound=NamedTuple)


def arrays_of(*parts: NamedTuple) -> Dict[str, np.ndarray]:
    """Return every field of the parts, which are of different types; a number has no axes."""
    return {
        _name(type(part), field): np.asarray(value)
        for part in parts
        for field, value in part._asdict().items()
    }


def is_kept(kind: Type[Part], arrays: Mapping[str, np.ndarray]) -> bool:
    """Tell whether a part of this type is among the arrays."""
    return _name(kind, kind._fields[0]) in arrays


def restored(kind: Type[Part], arrays: Mapping[str, np.ndarray]) -> Part:
    """Return the part of a type that `arrays_of` took apart.

    Raises
    ------
    KeyError
        When a field of it is missing.
    """
    return kind(*(_value(arrays[_name(kind, field)]) for field in kind._fields))


def _name(kind: Type[Any], field: str) -> str:
    return f"{kind.__name__}.{field}"


def _value(array: np.ndarray) -> Any:
    return array if array.ndim else array.item()
