"""Pictures and files of answers: kept with the message, found by whoever it was said to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.errors import FileNotKept
from assistant.replies.blocks import File, Picture
from crm.store.tables.attachments import Attachment


@dataclass(frozen=True, slots=True)
class KeptFile:
    """What was kept under an id."""

    name: str
    media_type: str
    content: bytes


def keep(
    session: Session,
    message_id: int,
    conversation_id: str,
    blocks: Iterable[Picture | File],
    at: datetime,
) -> None:
    """Keep the contents of a message's pictures and files, in the message's transaction."""
    session.add_all(
        Attachment(
            file_id=block.file_id,
            message_id=message_id,
            conversation_id=conversation_id,
            name=block.name,
            media_type=block.media_type,
            content=block.content,
            kept_at=at,
        )
        for block in blocks
    )


def find(session: Session, file_id: str, conversation_id: str) -> KeptFile:
    """Return a file of one conversation.

    Raises
    ------
    FileNotKept
        There is none of that id, or it belongs to another conversation: both look the same.
    """
    query = select(Attachment.name, Attachment.media_type, Attachment.content).where(
        Attachment.file_id == file_id, Attachment.conversation_id == conversation_id
    )
    row = session.execute(query).one_or_none()
    if row is None:
        raise FileNotKept(file_id)
    return KeptFile(row.name, row.media_type, row.content)
