"""Names in the reader's language, and a client as a line of a list names him."""

from assistant.replies.templates import Language, Words
from crm.clients.rights import Client


def name_in(language: Language, name: str, name_en: str) -> str:
    """Return a name in a language; the Chinese one where there is no other."""
    return name_en if language == "en" and name_en else name


def client_name(language: Language, client: Client) -> str:
    """Return a client's name in a language."""
    return name_in(language, client.name, client.name_en)


def ranked_client(words: Words, language: Language, rank: int, client: Client) -> str:
    """Return a client with his rank, name and number."""
    label = f"{client_name(language, client)} {client.client_id}"
    return words.say(language, "recommend.ranked", rank=rank, label=label)
