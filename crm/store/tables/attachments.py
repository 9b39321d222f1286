"""Pictures and files that answers carry."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from crm.store.tables.base import Base
from crm.store.tables.conversations import Message


class Attachment(Base):
    """A picture or file of one message, readable by whoever the conversation belongs to."""

    __tablename__ = "attachments"

    file_id: Mapped[str] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey(Message.id), index=True)
    conversation_id: Mapped[str]
    name: Mapped[str]
    media_type: Mapped[str]
    content: Mapped[bytes]
    kept_at: Mapped[datetime]
