"""Settings as a JSON file a person can read and change."""

from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from recommender.errors import SettingsBroken
from recommender.settings import Settings


def read_settings(path: Path) -> Settings:
    """Read settings; what the file does not name stays at its default.

    Raises
    ------
    SettingsBroken
        If the file is not there, or names or values are none of ours.
    """
    try:
        return TypeAdapter(Settings).validate_json(path.read_bytes(), strict=False)
    except OSError as error:
        raise SettingsBroken(str(path), "no such file") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise SettingsBroken(str(path), f"{where}: {first['msg']}".lstrip(": ")) from error


def write_settings(settings: Settings, path: Path) -> None:
    """Write every setting."""
    path.write_bytes(TypeAdapter(Settings).dump_json(settings, indent=1) + b"\n")
