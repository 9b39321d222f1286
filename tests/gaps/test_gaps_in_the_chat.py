"""The loop through the two real processes: asked, seen, answered, told, found; also killed."""

import json
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from threading import Thread
from typing import Any

import httpx
import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from tests.support.chat import ChatClient, Reply
from tests.support.installation import RunningAssistant, running_assistant

OWNER = "E0035"
ASKERS = {
    "E0005": "e-CNY钱包企业能开吗",
    "E0006": "公司想开e-CNY钱包",
    "E0007": "can a company open an e-CNY wallet",
}
ANSWER_ZH = "由开立基本户的网点受理，带营业执照和经办人身份证，当日开通。"
ANSWER_EN = "At the branch of the basic account, with the licence; it is open the same day."


@pytest.fixture(scope="module")
def running() -> Iterator[RunningAssistant]:
    with running_assistant() as assistant:
        yield assistant


def say(chat: ChatClient, text: str, language: str = "zh") -> Reply:
    [reply] = chat.ask(text, language)
    return reply


def press(chat: ChatClient, title: str, language: str = "zh") -> Reply:
    [reply] = chat.press(title, language)
    return reply


def eventually[T](look: Callable[[], T], seconds: float = 120.0) -> T:
    """Look again and again until there is something to see; return what was seen last."""
    deadline = time.monotonic() + seconds
    while not (seen := look()) and time.monotonic() < deadline:
        time.sleep(0.3)
    return seen


def unasked(chat: ChatClient) -> list[str]:
    """Return what a conversation was told without having asked in that moment."""
    return [
        " ".join(str(block.get("text", "")) for block in message["blocks"])
        for message in chat.history()
        if message["role"] == "assistant" and message["turn_id"] is None
    ]


def untold(running: RunningAssistant) -> set[str]:
    """Return those who are yet to be told something unasked."""
    query = "SELECT employee_id FROM outbox WHERE delivered_at IS NULL"
    with closing(sqlite3.connect(f"file:{running.store_path}?mode=ro", uri=True)) as store:
        return {row[0] for row in store.execute(query)}


def find_in_queue(owner: ChatClient, wording: str, ask: str = "有哪些没答上来的") -> list[str]:
    """Return the line of the queue about a wording, empty where there is none."""
    reply = say(owner, ask)
    return [" ".join(row) for table in reply.tables for row in table.rows if wording in row[1]]


class Listening(Thread):
    """An open page: keeps what arrives on the stream."""

    def __init__(self, url: str, chat: ChatClient) -> None:
        super().__init__(daemon=True)
        self.heard: list[dict[str, Any]] = []
        self._url = url.replace("http", "ws", 1) + "/api/stream"
        self._token = chat.http.headers["authorization"].removeprefix("Bearer ")
        self.start()

    def run(self) -> None:
        with connect(self._url) as socket, suppress(ConnectionClosed):  # it ends with the service
            socket.send(json.dumps({"token": self._token}))
            for frame in socket:
                self.heard.append(json.loads(frame))

    def unasked(self) -> list[dict[str, Any]]:
        messages = [event["message"] for event in self.heard if event["type"] == "message"]
        return [m for m in messages if m["role"] == "assistant" and m["turn_id"] is None]


def answer_in_chat(owner: ChatClient, wording: str) -> Reply:
    """Answer a question with a new entry, up to the last look."""
    press(owner, wording[:12])
    assert "中文标题" in press(owner, "写一个新条目").text
    assert "中文的答案" in say(owner, "企业e-CNY钱包开立").text
    assert "英文标题" in say(owner, ANSWER_ZH).text
    assert "英文的答案" in say(owner, "Opening an e-CNY wallet for a company").text
    preview = say(owner, ANSWER_EN)
    assert "3 位提问的人" in preview.text
    return preview


def test_three_ask_one_answers_all_are_told_once_and_the_next_finds_it(
    running: RunningAssistant,
) -> None:
    """The service dies between the owner's last word and the telling."""
    chats = {asker: running.sign_in(asker) for asker in ASKERS}
    for asker, text in ASKERS.items():
        reply = say(chats[asker], text)
        assert ("已经记下" in reply.text) or ("is kept" in reply.text)
    owner = running.sign_in(OWNER)
    wording = ASKERS["E0005"]
    assert eventually(lambda: [row for row in find_in_queue(owner, wording) if " 3 " in row])
    assert not find_in_queue(owner, ASKERS["E0007"])
    find_in_queue(owner, wording)
    answer_in_chat(owner, wording)
    assert "已发布" in press(owner, "发布").text
    running.wait_until_back("service", running.kill("service"))
    for chat in chats.values():
        assert eventually(lambda chat=chat: unasked(chat))  # type: ignore[misc]
    assert eventually(lambda: not untold(running) & set(ASKERS)), "what is left would be told now"
    told = {asker: unasked(chat) for asker, chat in chats.items()}
    assert {asker: len(texts) for asker, texts in told.items()} == dict.fromkeys(ASKERS, 1)
    assert ANSWER_ZH in told["E0005"][0]
    assert ANSWER_EN in told["E0007"][0]
    following = running.sign_in("E0008")
    assert ANSWER_ZH in say(following, "公司能开e-CNY钱包吗").text
    assert ANSWER_EN in say(following, "can a company open an e-CNY wallet", "en").text
    assert not find_in_queue(owner, wording)


def test_an_open_page_is_told_without_asking(running: RunningAssistant) -> None:
    asker, owner = running.sign_in("E0009"), running.sign_in(OWNER)
    page = Listening(running.url, asker)
    assert eventually(lambda: page.heard), "the page is connected"
    say(asker, "商户的POS不用了怎么退")
    assert eventually(lambda: find_in_queue(owner, "POS"))
    press(owner, "商户的POS")
    assert "一句话" in press(owner, "不予回答").text
    assert "1 位提问的人" in say(owner, "设备由收单机构管理，请找收单机构").text
    assert "已关闭" in say(owner, "是的").text
    assert eventually(page.unasked)
    [message] = page.unasked()
    assert "收单机构" in message["blocks"][0]["text"]


def test_the_work_on_a_question_can_be_left_and_taken_up_in_english(
    running: RunningAssistant,
) -> None:
    asker, owner = running.sign_in("E0010"), running.sign_in(OWNER)
    say(asker, "how to get commemorative coins", "en")
    found = eventually(lambda: find_in_queue(owner, "commemorative", "show the open questions"))
    assert found
    press(owner, "how to get", "en")
    assert "title of the new entry in English" in press(owner, "new entry", "en").text
    assert "answer in English" in say(owner, "Reserving commemorative coins", "en").text
    assert (
        "title of the new entry in Chinese"
        in say(owner, "At any branch counter; bring the identity card.", "en").text
    )
    assert "leave that" in say(owner, "never mind", "en").text
    assert find_in_queue(owner, "commemorative", "show the open questions")
    press(owner, "how to get", "en")
    again = press(owner, "new entry", "en")
    assert "title of the new entry in Chinese" in again.text, "what was typed is kept"


def test_a_thumb_down_and_a_dispute_reach_the_queue(running: RunningAssistant) -> None:
    asker, owner = running.sign_in("E0011"), running.sign_in(OWNER)
    answered = say(asker, "企业网银怎么开通")
    judged = asker.http.post(f"/api/messages/{answered.id}/feedback", json={"verdict": "down"})
    assert judged.json() == {"id": answered.id, "feedback": "down"}
    assert [m["feedback"] for m in asker.history() if m["id"] == answered.id] == ["down"]
    disputed = say(asker, "不是这个意思")
    assert "企业网上银行开通" not in [button.title for button in disputed.buttons]
    assert eventually(lambda: find_in_queue(owner, "企业网银怎么开通"))
    opened = press(owner, "企业网银怎么开通")
    assert "没帮助" in opened.text
    assert "不是这个意思" in opened.text


def test_a_verdict_is_taken_on_answers_of_ones_own_only(running: RunningAssistant) -> None:
    asker, stranger = running.sign_in("E0012"), running.sign_in("E0013")
    answered = say(asker, "企业网银怎么开通")
    own = next(m["id"] for m in asker.history()[::-1] if m["role"] == "user")
    for chat, message_id in ((stranger, answered.id), (asker, own), (asker, 10**9)):
        refused = chat.http.post(f"/api/messages/{message_id}/feedback", json={"verdict": "up"})
        assert refused.status_code == httpx.codes.NOT_FOUND
        assert refused.json()["error"]["code"] == "no_such_answer"
    malformed = asker.http.post(f"/api/messages/{answered.id}/feedback", json={"verdict": "so"})
    assert malformed.status_code == httpx.codes.BAD_REQUEST
    nobody = httpx.post(f"{running.url}/api/messages/{answered.id}/feedback", json={})
    assert nobody.status_code == httpx.codes.UNAUTHORIZED


def test_the_figures_are_told_in_both_languages(running: RunningAssistant) -> None:
    owner = running.sign_in("E0036")
    assert "回答率" in say(owner, "没答上来的问题回答率多少").text
    assert "Answered share" in say(owner, "gap figures", "en").text


def test_a_price_that_stands_in_no_tariff_is_answered_like_anything_else(
    running: RunningAssistant,
) -> None:
    asker, owner = running.sign_in("E0014"), running.sign_in("E0036")
    assert "已经记下" in say(asker, "远程视频面签一次收费多少").text
    assert eventually(lambda: find_in_queue(owner, "视频面签"))
    press(owner, "远程视频面签")
    press(owner, "写一个新条目")
    for text in ("远程视频面签收费", "每次三十元，由运营中心收取。", "Fee for signing by video"):
        say(owner, text)
    say(owner, "30 yuan each time, charged by the operations centre.")
    assert "已发布" in press(owner, "发布").text
    assert eventually(lambda: unasked(asker))
    following = running.sign_in("E0015")
    assert "三十元" in say(following, "远程视频面签一次收多少钱").text
