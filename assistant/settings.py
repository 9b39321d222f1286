"""Typed settings, read once from the environment by whoever starts a process."""

from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class Settings(BaseSettings):
    """Everything an installation may set, by environment variable ``RM_<NAME>``.

    Raises
    ------
    pydantic.ValidationError
        When a value is missing or malformed; the message names the variable.
    """

    model_config = SettingsConfigDict(env_prefix="RM_", extra="ignore")

    root: Path = Path(__file__).resolve().parent.parent
    var: Path = Path("var")
    content: Path = Path("knowledge/content")
    protected: Path = Path("recommender/protected.yml")
    database_url: Annotated[str, Field(validation_alias="DATABASE_URL")] = ""
    host: str = "127.0.0.1"
    port: int = 8300
    dialogue_port: int = 8305
    demo: bool = True
    signing_key: SecretStr = SecretStr("")
    portal_key: SecretStr = SecretStr("")
    turn_seconds: float = 10.0
    action_seconds: float = 8.0
    waiting_limit: int = 200
    gap_days: int = 3
    sample_seed: int = 20260901
    time_zone: str = "Asia/Shanghai"

    @model_validator(mode="after")
    def _demo_stays_at_home(self) -> "Settings":
        if self.demo and self.host not in LOOPBACK:
            raise ValueError(
                "RM_DEMO lets anybody sign in as anybody, so it binds to loopback only: "
                f"RM_HOST is {self.host}; use 127.0.0.1 or set RM_DEMO=false"
            )
        return self

    @property
    def var_dir(self) -> Path:
        """Folder of everything made at run time, absolute."""
        return self.var if self.var.is_absolute() else self.root / self.var

    @property
    def zone(self) -> ZoneInfo:
        """Time zone of the bank's business dates."""
        return ZoneInfo(self.time_zone)

    @property
    def store_url(self) -> str:
        """URL of the store; the sample's SQLite file unless DATABASE_URL says otherwise."""
        return self.database_url or f"sqlite:///{self.var_dir / 'bank.db'}"

    @property
    def content_dir(self) -> Path:
        """Folder of the business's knowledge files."""
        return self.content if self.content.is_absolute() else self.root / self.content

    @property
    def protected_file(self) -> Path:
        """File of the attributes that no recommendation may be based on, absolute."""
        return self.protected if self.protected.is_absolute() else self.root / self.protected

    @property
    def good_content_dir(self) -> Path:
        """Folder of the copy of the content that last went live."""
        return self.var_dir / "content"

    @property
    def search_dir(self) -> Path:
        """Folder of what the search learned from the content."""
        return self.var_dir / "search"

    @property
    def selling_dir(self) -> Path:
        """Folder of the business's selling rules: gate, plays, values."""
        return self.root / "recommender" / "content"

    @property
    def replies_dir(self) -> Path:
        """Folder of every word a person reads."""
        return self.root / "assistant" / "replies"

    @property
    def recommender_dir(self) -> Path:
        """Folder of the trained recommender versions."""
        return self.var_dir / "models" / "recommender"

    @property
    def tables_dir(self) -> Path:
        """Folder of the tables that all clients are scored from."""
        return self.var_dir / "tables"

    @property
    def dialogue_dir(self) -> Path:
        """Folder of the trained dialogue models."""
        return self.var_dir / "models" / "dialogue"

    @property
    def service_url(self) -> str:
        """Address of the service as this machine reaches it."""
        return f"http://{self.host}:{self.port}"

    @property
    def dialogue_url(self) -> str:
        """Address of the dialogue process, on loopback."""
        return f"http://127.0.0.1:{self.dialogue_port}"
