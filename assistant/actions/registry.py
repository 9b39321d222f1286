"""Every action there is, registered with the SDK's executor."""

from rasa_sdk.executor import ActionExecutor

from assistant.actions.advising import (
    ContactFirst,
    ExportList,
    RecordOutcome,
    ShowOutcomes,
    ShowPenetration,
)
from assistant.actions.base import BankAction, Desk
from assistant.actions.changes import ShowChanges
from assistant.actions.clients import Explain, FindClients, RecommendProducts, ShowHoldings
from assistant.actions.declining import Decline, KeepQuestion
from assistant.actions.experts import ConsultExpert
from assistant.actions.fees import QuoteFee
from assistant.actions.gaps import DisputeAnswer, ListGaps, ShowGapFigures, WorkOnGap
from assistant.actions.holders import ShowHolders
from assistant.actions.procedures import ShowProcedure
from assistant.actions.roster import ShowRoster
from assistant.actions.talk import (
    Cancel,
    Continue,
    Fallback,
    Goodbye,
    Greet,
    ShowCapabilities,
    SwitchLanguage,
    Thank,
)

ACTIONS: tuple[type[BankAction], ...] = (
    QuoteFee,
    ShowProcedure,
    RecommendProducts,
    FindClients,
    Explain,
    ShowHoldings,
    ShowHolders,
    ShowRoster,
    ShowChanges,
    ConsultExpert,
    ListGaps,
    WorkOnGap,
    ShowGapFigures,
    DisputeAnswer,
    ContactFirst,
    ShowPenetration,
    ExportList,
    RecordOutcome,
    ShowOutcomes,
    Continue,
    Cancel,
    Greet,
    Thank,
    Goodbye,
    ShowCapabilities,
    SwitchLanguage,
    Decline,
    KeepQuestion,
    Fallback,
)


def executor(desk: Desk) -> ActionExecutor:
    """Return the SDK's executor with every action, and tell the desk who serves which topic."""
    registered = ActionExecutor()
    for kind in ACTIONS:
        action = kind(desk)
        registered.register_action(action)
        if action.topic is not None:
            desk.by_topic[action.topic] = action
    return registered
