"""The dialogue process as the service sees it: one POST a turn to Rasa's REST channel."""

from dataclasses import dataclass
from types import TracebackType
from typing import Self

import httpx

from assistant.errors import DialogueUnreachable


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
        self._client = httpx.AsyncClient(
            base_url=base_url,
            timeout=httpx.Timeout(timeout, connect=1.0),
            limits=httpx.Limits(max_connections=64, max_keepalive_connections=16),
        )

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
            answer = await self._client.post("/webhooks/rest/webhook", json=body)
        except httpx.HTTPError as failed:
            raise DialogueUnreachable(type(failed).__name__) from failed
        if answer.status_code != httpx.codes.OK:
            raise DialogueUnreachable(f"status {answer.status_code}")

    async def healthy(self) -> bool:
        """Tell whether the dialogue process answers; it listens only once its model is loaded."""
        try:
            answer = await self._client.get("/webhooks/rest/", timeout=2.0)
        except httpx.HTTPError:
            return False
        return answer.status_code == httpx.codes.OK

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._client.aclose()
