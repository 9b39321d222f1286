"""What can go wrong in the client records.

CrmError
├── UnknownEmployee        no employee has this id
├── ClientNotVisible       no such client, or somebody else's: told alike
├── ImportRefused          the import directory has faults; nothing was written
├── ClaimLost              a message of the outbox is another's to deliver by now
└── StoreError
    ├── StoreBroken        the database file is not one, or is damaged
    ├── StoreNotMigrated   the tables are missing or of another version
    ├── StoreUnreachable   the database server or file cannot be opened
    └── NaiveDatetime      a time without a zone was about to be written
"""

from pathlib import Path

from crm.imports.faults import Fault


class CrmError(Exception):
    """Base of every error of the client records."""


class UnknownEmployee(CrmError):
    """No employee has this id."""

    def __init__(self, employee_id: str) -> None:
        super().__init__(f"No employee has the id {employee_id!r}; import the employee first.")
        self.employee_id = employee_id


class ClientNotVisible(CrmError):
    """The client does not exist or is not the asker's.

    Both cases carry the same message, so that nobody learns which ids exist by asking.

    Attributes
    ----------
    exists : bool
        Whether the client exists. For the audit log only, never for the person who asks.
    """

    def __init__(self, client_id: str, *, exists: bool) -> None:
        super().__init__(f"There is no client {client_id!r} among those you look after.")
        self.client_id = client_id
        self.exists = exists


class ImportRefused(CrmError):
    """The import directory has faults; nothing was written."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(f"{len(faults)} faults were found; correct the files and import again.")
        self.faults = faults


class ClaimLost(CrmError):
    """The message was taken by another deliverer, or delivered, since it was claimed."""

    def __init__(self, outbox_id: int) -> None:
        super().__init__(f"Message {outbox_id} of the outbox is no longer held by this claim.")
        self.outbox_id = outbox_id


class StoreError(CrmError):
    """The store cannot be used as it is."""


class StoreBroken(StoreError):
    """The database file is not a database, or is damaged."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"The database file {path} is damaged or is not a SQLite database: put back the "
            "last backup under this name, or move the file away and run the migration again."
        )
        self.path = path


class StoreNotMigrated(StoreError):
    """The tables are missing or of another version."""

    def __init__(self) -> None:
        super().__init__(
            "The store's tables are missing or of another version: run `python -m crm migrate`."
        )


class StoreUnreachable(StoreError):
    """The database server or file cannot be opened."""

    def __init__(self, place: str) -> None:
        super().__init__(
            f"The store at {place} cannot be opened: check its address, that it is running, "
            "and that this user may use it."
        )
        self.place = place


class NaiveDatetime(StoreError):
    """A time without a zone was about to be written."""

    def __init__(self) -> None:
        super().__init__("Times are stored with their zone: give the datetime a tzinfo.")
