"""A file of a conversation opens for the person it was made for, and for nobody else."""

import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import closing

import httpx
import pytest

from tests.support.chat import ChatClient
from tests.support.installation import RunningAssistant

OWNER, OTHER = "E0007", "E0008"
NAME = "名单 2026.xlsx"


@pytest.fixture
def address(assistant: RunningAssistant) -> Iterator[str]:
    """Put a file into the owner's conversation and return its address."""
    with ChatClient(assistant.url, OWNER) as owner:
        message = owner.ask("谢谢")[0].id
    file_id = uuid.uuid4().hex
    with closing(sqlite3.connect(assistant.store_path)) as store:
        store.execute(
            "INSERT INTO attachments VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                file_id,
                message,
                f"web:{OWNER}:main",
                NAME,
                "application/octet-stream",
                b"rows",
                "2026-09-30 08:00:00.000000",
            ),
        )
        store.commit()
    yield f"/api/files/{file_id}"
    with closing(sqlite3.connect(assistant.store_path)) as store:
        store.execute("DELETE FROM attachments WHERE file_id = ?", (file_id,))
        store.commit()


def test_the_owner_gets_the_file_as_a_download(assistant: RunningAssistant, address: str) -> None:
    with ChatClient(assistant.url, OWNER) as owner:
        answer = owner.http.get(address)
    assert (answer.status_code, answer.content) == (httpx.codes.OK, b"rows")
    assert answer.headers["content-disposition"].startswith("attachment; filename*=UTF-8''%E5")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"


def test_a_colleague_is_told_the_same_as_of_a_file_that_never_was(
    assistant: RunningAssistant, address: str
) -> None:
    """Whether a file exists is not to be found out by trying."""
    with ChatClient(assistant.url, OTHER) as other:
        theirs, nobodys = other.http.get(address), other.http.get("/api/files/none")
    assert theirs.status_code == nobodys.status_code == httpx.codes.NOT_FOUND
    assert theirs.json() == nobodys.json()
    assert theirs.json()["error"]["code"] == "file_not_kept"


@pytest.mark.parametrize("headers", [{}, {"authorization": "Bearer x.y.z"}])
def test_nobody_gets_it_without_having_signed_in(
    assistant: RunningAssistant, address: str, headers: dict[str, str]
) -> None:
    answer = httpx.get(f"{assistant.url}{address}", headers=headers)
    assert answer.status_code == httpx.codes.UNAUTHORIZED
