"""Interest is not worked out here, and no rate is guessed."""

from assistant.names import Intent
from assistant.services.question import Question
from assistant.understanding.interest import asks_for_interest, says_what_bears_interest

_SURELY_ONE = frozenset({Intent.ASK_FEE, Intent.ASK_PROCEDURE})
_MAY_BE_ONE = frozenset({"inform", "nlu_fallback", "out_of_scope"})


def wants_interest(question: Question) -> bool:
    """Tell whether a typed question asks how much interest something bears.

    What was taken for no matter of the bank's must also name what bears it.
    """
    if not question.text or not asks_for_interest(question.text):
        return False
    if question.intent in _SURELY_ONE:
        return True
    return question.intent in _MAY_BE_ONE and says_what_bears_interest(question.text)
