"""Many messages of several people at once, each sent again until it is answered."""

import asyncio
import time
import uuid
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx

Json = dict[str, Any]
_PAUSE_SECONDS = 0.3


@dataclass(frozen=True, slots=True)
class Sent:
    """One message and the replies it came back with; none when its sender gave up."""

    employee_id: str
    message_id: str
    replies: tuple[Json, ...]
    status: int = 200


@dataclass(slots=True)
class Crowd:
    """People who talk to one assistant.

    Parameters
    ----------
    url
        Address of the service.
    at_once
        How many messages are under way at a time.
    patience
        Seconds from the beginning after which nothing is sent again.
    """

    url: str
    at_once: int = 40
    patience: float = 300.0
    answered: int = 0
    _tokens: dict[str, str] = field(default_factory=dict)
    _deadline: float = 0.0

    async def send_all(
        self,
        messages: Sequence[tuple[str, str]],
        beside: Callable[["Crowd"], Awaitable[None]] | None = None,
    ) -> list[Sent]:
        """Send (employee, text) pairs, with something else going on beside them."""
        limits = httpx.Limits(max_connections=self.at_once)
        async with httpx.AsyncClient(base_url=self.url, timeout=120.0, limits=limits) as client:
            for employee_id in {employee for employee, _ in messages}:
                answer = await client.post("/api/login", json={"employee_id": employee_id})
                self._tokens[employee_id] = answer.raise_for_status().json()["token"]
            gate, self._deadline = asyncio.Semaphore(self.at_once), time.monotonic() + self.patience
            sending = [self._send(client, gate, *message) for message in messages]
            happening = [beside(self)] if beside is not None else []
            results = await asyncio.gather(*sending, *happening)
        return [result for result in results if result is not None]

    async def _send(
        self, client: httpx.AsyncClient, gate: asyncio.Semaphore, employee_id: str, text: str
    ) -> Sent:
        message_id, status = str(uuid.uuid4()), 0
        headers = {"authorization": f"Bearer {self._tokens[employee_id]}"}
        body = {"text": text, "message_id": message_id}
        async with gate:
            while time.monotonic() < self._deadline:
                try:
                    answer = await client.post("/api/messages", json=body, headers=headers)
                except httpx.TransportError:
                    await asyncio.sleep(_PAUSE_SECONDS)
                    continue
                status = answer.status_code
                if status == httpx.codes.OK:
                    self.answered += 1
                    return Sent(employee_id, message_id, tuple(answer.json()["replies"]))
                await asyncio.sleep(_PAUSE_SECONDS)
        return Sent(employee_id, message_id, (), status)
