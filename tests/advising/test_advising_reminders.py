"""A reminder asks once a week for what nobody spoke of, and only about one's own clients."""

from datetime import timedelta

from sqlalchemy import delete, select, update

from assistant.bootstrap import Parts
from assistant.replies.blocks import Choices
from assistant.replies.notices import present_notice
from assistant.services.reminding import SILENT_DAYS, due_reminders, remind
from crm.outcomes.suggestions import Shown, note_shown
from crm.store.tables.advice import Suggestion
from crm.store.tables.clients import Client
from crm.store.tables.outbox import Outbox

ASKER = "E0010"


def shown_to(parts: Parts, days_ago: int) -> list[str]:
    """Show one product for two of the asker's clients; return them."""
    with parts.store.begin() as session:
        session.execute(delete(Suggestion))
        session.execute(delete(Outbox))
        own = session.scalars(select(Client.client_id).where(Client.manager_id == ASKER).limit(2))
        clients = list(own)
        note_shown(
            session,
            [
                Shown(client, "CREDIT_CARD", ASKER, "products", "v1", 0.1 * place)
                for place, client in enumerate(clients, start=1)
            ],
            parts.resources.clock() - timedelta(days=days_ago),
        )
    return clients


def named(parts: Parts) -> list[str]:
    with parts.store.read() as session:
        messages = due_reminders(session, parts.resources.clock())
    return [pair["client_id"] for message in messages for pair in message.body["values"]["pairs"]]


def test_what_nobody_spoke_of_is_asked_for_the_likeliest_first(parts: Parts) -> None:
    first, second = shown_to(parts, SILENT_DAYS + 1)
    assert named(parts) == [second, first]


def test_what_was_shown_a_moment_ago_or_long_ago_is_not(parts: Parts) -> None:
    for days in (SILENT_DAYS - 1, 40):
        shown_to(parts, days)
        assert named(parts) == []


def test_a_client_given_to_somebody_else_is_not_named(parts: Parts) -> None:
    first, second = shown_to(parts, SILENT_DAYS + 1)
    with parts.store.begin() as session:
        session.execute(update(Client).where(Client.client_id == second).values(manager_id="E0011"))
    assert named(parts) == [first]
    with parts.store.begin() as session:
        session.execute(update(Client).where(Client.client_id == second).values(manager_id=ASKER))


def test_one_reminder_a_week_however_often_it_is_looked_for(parts: Parts) -> None:
    shown_to(parts, SILENT_DAYS + 1)
    assert [remind(parts.resources) for _ in range(3)] == [1, 0, 0]
    with parts.store.read() as session:
        rows = session.scalars(select(Outbox).where(Outbox.employee_id == ASKER)).all()
        body = rows[0].body
    assert len(rows) == 1
    for language in ("zh", "en"):
        text, items, *buttons = present_notice(parts.words, language, body)
        assert len(items.items) == 2  # type: ignore[union-attr]
        assert all(isinstance(group, Choices) and len(group.buttons) == 4 for group in buttons)
        assert "2" in text.text  # type: ignore[union-attr]
