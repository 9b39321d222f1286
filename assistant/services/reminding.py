"""Asks what came of suggestions of which nothing was said for some days.

A reminder is a row of the outbox, one a person and week, found by looking at what was shown and
said; nothing waits in memory.
"""

from datetime import datetime, timedelta

from assistant.services.resources import Resources
from crm.clients.rights import visible_clients
from crm.employees import find_employee
from crm.outbox import Outgoing, enqueue
from crm.outcomes.suggestions import employees_shown, without_a_word
from crm.products import list_products
from crm.store.session import Session

KIND = "outcomes_reminder"
SILENT_DAYS = 5
_FORGOTTEN_DAYS = 30
_MOST_ASKED = 5


def remind(resources: Resources) -> int:
    """Write this week's reminders that are not written yet; return how many were."""
    now = resources.clock()
    with resources.store.read() as session:
        messages = due_reminders(session, now)
    if not messages:
        return 0
    with resources.store.begin() as session:
        return sum(enqueue(session, message, now) for message in messages)


def due_reminders(session: Session, now: datetime) -> list[Outgoing]:
    """Return a reminder for each employee with suggestions that wait for a word.

    Only clients whom the employee may still see are named.
    """
    span = {
        "since": now - timedelta(days=_FORGOTTEN_DAYS),
        "until": now - timedelta(days=SILENT_DAYS),
    }
    year, week, _ = now.isocalendar()
    products = {product.product_id: product for product in list_products(session)}
    messages: list[Outgoing] = []
    for employee_id in employees_shown(session, **span):
        own = {
            c.client_id: c for c in visible_clients(session, find_employee(session, employee_id))
        }
        waiting = [
            one
            for one in without_a_word(session, employee_id, **span)
            if one.client_id in own and one.product_id in products
        ]
        if not waiting:
            continue
        pairs = [
            {
                "client_id": one.client_id,
                "product_id": one.product_id,
                "client": {"zh": own[one.client_id].name, "en": own[one.client_id].name_en},
                "product": {
                    "zh": products[one.product_id].name_zh,
                    "en": products[one.product_id].name_en,
                },
            }
            for one in waiting[:_MOST_ASKED]
        ]
        messages.append(
            Outgoing(
                dedup_key=f"{KIND}:{employee_id}:{year}-{week:02d}",
                employee_id=employee_id,
                caused_by="suggestions",
                body={"kind": KIND, "values": {"pairs": pairs, "count": len(waiting)}},
            )
        )
    return messages
