"""Names shared with the Rasa domain; a test holds every one of them against it."""

from enum import StrEnum


class Slot(StrEnum):
    """What a conversation remembers between turns."""

    CLIENT = "client_id"
    PRODUCT = "product_id"
    ENTRY = "entry_id"
    TOPIC = "topic"
    FEE = "fee"
    PENDING = "pending"
    LANGUAGE = "language"
    RECOMMENDATION = "recommendation"
    LISTED = "listed"
    OUTCOME = "outcome"
    CHANGES = "changes"


class Topic(StrEnum):
    """What the last question was about."""

    FEE = "fee"
    PROCEDURE = "procedure"
    RECOMMEND = "recommend"
    CLIENTS = "clients"
    WHY = "why"
    HOLDINGS = "holdings"
    HOLDERS = "holders"
    ROSTER = "roster"
    EXPERT = "expert"
    GAPS = "gaps"
    OUTCOME = "outcome"
    CHANGES = "changes"


class Intent(StrEnum):
    """Intents that the service itself names: those of its own buttons, and bare details."""

    INFORM = "inform"
    ASK_FEE = "ask_fee"
    ASK_PROCEDURE = "ask_procedure"
    FIND_CLIENTS = "find_clients"
    ASK_HOLDINGS = "ask_holdings"
    EXPORT_LIST = "export_list"

    CHOOSE_CLIENT = "choose_client"
    CHOOSE_PRODUCT = "choose_product"
    CHOOSE_SERVICE = "choose_service"
    CHOOSE_ENTRY = "choose_entry"
    CHOOSE_CLIENT_KIND = "choose_client_kind"
    CHOOSE_CHANNEL = "choose_channel"
    SHOW_MORE = "show_more"
    SHOW_SUM = "show_sum"
    WORK_ON_GAP = "work_on_gap"
    LIST_GAPS = "list_gaps"
    RECORD_OUTCOME = "record_outcome"
    SHOW_PART = "show_part"
    KEEP_QUESTION = "keep_question"


class ActionName(StrEnum):
    """Custom actions of the service."""

    QUOTE_FEE = "action_quote_fee"
    SHOW_PROCEDURE = "action_show_procedure"
    RECOMMEND_PRODUCTS = "action_recommend_products"
    FIND_CLIENTS = "action_find_clients"
    EXPLAIN = "action_explain"
    SHOW_HOLDINGS = "action_show_holdings"
    SHOW_HOLDERS = "action_show_holders"
    SHOW_ROSTER = "action_show_roster"
    CONSULT_EXPERT = "action_consult_expert"
    LIST_GAPS = "action_list_gaps"
    WORK_ON_GAP = "action_work_on_gap"
    SHOW_GAP_FIGURES = "action_show_gap_figures"
    DISPUTE_ANSWER = "action_dispute_answer"
    CONTACT_FIRST = "action_contact_first"
    SHOW_PENETRATION = "action_show_penetration"
    EXPORT_LIST = "action_export_list"
    RECORD_OUTCOME = "action_record_outcome"
    SHOW_OUTCOMES = "action_show_outcomes"
    CONTINUE = "action_continue"
    CANCEL = "action_cancel"
    GREET = "action_greet"
    THANK = "action_thank"
    GOODBYE = "action_goodbye"
    SHOW_CAPABILITIES = "action_show_capabilities"
    SWITCH_LANGUAGE = "action_switch_language"
    DECLINE = "action_decline"
    KEEP_QUESTION = "action_keep_question"
    FALLBACK = "action_fallback"
    SHOW_CHANGES = "action_show_changes"
