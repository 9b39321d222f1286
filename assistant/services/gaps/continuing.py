"""Whether a message goes on with the work on a gap."""

from assistant.services.question import Pending, Question

_LONGEST_COMMAND = 24
_COMMANDS = frozenset(
    {"cancel", "list_gaps", "gap_figures", "ask_capabilities", "switch_language", "goodbye"}
)
_DECISIONS = frozenset({"affirm", "deny"})


def goes_on_with_gap(question: Question, pending: Pending) -> bool:
    """Tell whether a message is the text that was asked for, or the decision on it.

    A text may say anything, so whatever is longer than a command is taken for it; a last look at
    the whole comes before anything is published.
    """
    if pending.detail == "gap_decision":
        return question.intent in _DECISIONS
    return len(question.text) > _LONGEST_COMMAND or question.intent not in _COMMANDS
