"""The dialogue process as the service sees it: one POST a turn to Rasa's REST channel."""

from dataclasses import dataclass
from types import TracebackType
from typing import Self

import aiohttp

from assistant.errors import DialogueUnreachable

_CONNECTIONS = 64
_IDLE_SECONDS = 4.0  # shorter than the five after which Rasa lets an idle connection go
_CONNECT_SECONDS = 1.0
_HEALTH_SECONDS = 2.0
_OK = 200


@dataclass(frozen=True, slots=True)
class Utterance:
    """What is posted: the conversation, the text or payload, and who may act on it."""

    conversation_id: str
    text: str
    assertion: str


class DialogueClient:
    """Posts utterances to Rasa.

    The answer itself is not in Rasa's response: an action writes it to the store, so that no
    client data passes through the dialogue process.
    """

    def __init__(self, base_url: str, *, timeout: float) -> None:
        self._base_url = base_url
        self._timeout = aiohttp.ClientTimeout(timeout, sock_connect=_CONNECT_SECONDS)
        self._opened: aiohttp.ClientSession | None = None

    @property
    def _session(self) -> aiohttp.ClientSession:
        """The connections, opened at the first use: they belong to the loop that uses them."""
        if self._opened is None:
            self._opened = aiohttp.ClientSession(
                self._base_url,
                timeout=self._timeout,
                connector=aiohttp.TCPConnector(limit=_CONNECTIONS, keepalive_timeout=_IDLE_SECONDS),
            )
        return self._opened

    async def post(self, utterance: Utterance) -> None:
        """Hand one utterance to the dialogue and wait until it has been worked through.

        Raises
        ------
        DialogueUnreachable
            No connection, no answer in time, or an answer that is not 200.
        """
        body = {
            "sender": utterance.conversation_id,
            "message": utterance.text,
            "metadata": {"assertion": utterance.assertion},
        }
        try:
            async with self._session.post("/webhooks/rest/webhook", json=body) as answer:
                await answer.read()
        except (aiohttp.ClientError, TimeoutError) as failed:
            raise DialogueUnreachable(type(failed).__name__) from failed
        if answer.status != _OK:
            raise DialogueUnreachable(f"status {answer.status}")

    async def healthy(self) -> bool:
        """Tell whether the dialogue process answers; it listens only once its model is loaded."""
        patience = aiohttp.ClientTimeout(_HEALTH_SECONDS)
        try:
            async with self._session.get("/webhooks/rest/", timeout=patience) as answer:
                return answer.status == _OK
        except (aiohttp.ClientError, TimeoutError):
            return False

    async def close(self) -> None:
        """Give every connection back."""
        if self._opened is not None:
            await self._opened.close()
            self._opened = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()
