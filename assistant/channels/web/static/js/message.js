/** One message as an element: a bubble for the person, a sheet of blocks for the assistant. */

import { timeOf } from "./clock.js";
import { el, icon } from "./dom.js";
import { render } from "./render.js";
import { verdicts } from "./verdict.js";
import { setLabel, setWord } from "./words.js";

const HTML_LANG = { zh: "zh-CN", en: "en" };

/** A message the service has stored. */
export function storedMessage(message) {
  const node = frame(message);
  node.dataset.id = message.id;
  const foot = el("footer", { class: "foot" }, timeOf(message.at));
  if (message.role === "assistant") foot.append(action("copy", "copy"), ...verdicts(message));
  if (message.failed) foot.append(action("retry", "sendAgain"));
  node.append(foot);
  return node;
}

/** A message on its way; `fail` or the stored message follows. */
export function pendingMessage(outgoing) {
  const node = frame({ ...outgoing, role: "user", blocks: [] });
  node.classList.add("waiting");
  node.append(el("footer", { class: "foot" }, setWord(el("span"), "sending")));
  return node;
}

/** Say on a pending message that it did not get through, why, and offer to send it again. */
export function markFailed(node, reason) {
  node.classList.remove("waiting");
  node.classList.add("failed");
  const mark = el("span", { class: "failure" }, icon("warning"), setWord(el("span"), "notSent"));
  const why = el("span", { class: "failure-reason" }, reason);
  node.querySelector(".foot").replaceChildren(mark, why, action("retry", "sendAgain"));
}

function frame({ id, message_id: messageId, turn_id: turn, role, text, blocks, language, failed }) {
  const node = el("article", {
    class: `message ${role}${failed ? " failed" : ""}`,
    lang: HTML_LANG[language],
    "data-key": messageId ?? String(id),
    "data-text": text,
    "data-turn": turn,
  });
  const speaker = role === "user" ? "you" : "assistant";
  node.append(setWord(el("span", { class: "visually-hidden" }), speaker));
  const shown = role === "assistant" && blocks.length ? render(blocks) : [el("p", {}, text)];
  node.append(el("div", { class: role === "user" ? "bubble" : "sheet" }, ...shown));
  return node;
}

function action(name, wordKey) {
  const button = el("button", { type: "button", class: `action action-${name}` }, icon(name));
  if (name === "retry") button.append(setWord(el("span"), wordKey));
  else setLabel(button, wordKey);
  return button;
}
