"""What a message points at in the list shown before, as if its button had been pressed."""

from dataclasses import replace

from assistant.services.question import Question
from assistant.understanding.pointing import asks_for_more, find_rank

# The next page of each list, and what its subject is chosen as.
_PAGED = {"products": "client_id", "clients": "product_id", "holders": "product_id", "roster": ""}


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
        if subject := _PAGED[listed.kind]:
            chosen[subject] = listed.subject
        return replace(question, choices=chosen)
    rank = find_rank(question.text, listed.first + len(listed.rows))
    if rank is None or not 0 < rank - listed.first <= len(listed.rows):
        return question
    client_id, product_id = listed.rows[rank - listed.first - 1]
    named = {"client_id": client_id, "product_id": product_id}
    return replace(question, choices={code: chosen for code, chosen in named.items() if chosen})
