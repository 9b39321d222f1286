"""What a message points at in the list shown before, as if its button had been pressed."""

from dataclasses import replace

from assistant.services.question import Question
from assistant.understanding.pointing import asks_for_more, find_rank

_PAGED = frozenset({"products", "clients", "holders"})


def pointed(question: Question) -> Question:
    """Return a typed question with the client and product of the line it points at as chosen.

    "Any more?" chooses the next page. A line that was not shown is pointed at by nobody.
    """
    listed = question.memory.listed
    pending = question.memory.pending
    elsewhere = pending is not None and bool(pending.options)
    if listed is None or elsewhere or question.choices or not question.text:
        return question
    if listed.kind in _PAGED and asks_for_more(question.text):
        chosen = {"more": str(listed.kind)}
        subject = "client_id" if listed.kind == "products" else "product_id"
        chosen[subject] = listed.subject
        return replace(question, choices=chosen)
    rank = find_rank(question.text, listed.first + len(listed.rows))
    if rank is None or not 0 < rank - listed.first <= len(listed.rows):
        return question
    client_id, product_id = listed.rows[rank - listed.first - 1]
    return replace(question, choices={"client_id": client_id, "product_id": product_id})
