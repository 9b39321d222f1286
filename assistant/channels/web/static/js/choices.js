/** Buttons of replies: open, or spent with the chosen one marked. */

import { el, icon } from "./dom.js";
import { setWord } from "./words.js";

/** Close a group because of the given button, on behalf of the message with the given key. */
export function spend(button, key) {
  const group = button.closest(".choices");
  group.dataset.spentBy = key;
  for (const each of group.querySelectorAll(".choice")) each.disabled = true;
  button.classList.add("chosen");
  const spoken = setWord(el("span", { class: "visually-hidden" }), "chosen");
  button.prepend(icon("check"), spoken);
}

/** Open a group again after the message it stood for came to nothing. */
export function reopen(group) {
  delete group.dataset.spentBy;
  for (const each of group.querySelectorAll(".choice")) {
    each.disabled = false;
    each.classList.remove("chosen");
    each.replaceChildren(titleOf(each));
  }
}

/** A button's words, without its mark. */
export const titleOf = (button) => button.lastChild.textContent;

/**
 * Close every group that a later message of the person answered, wherever it was pressed: the
 * nearest open group before that message which has a button of that title. A message that did not
 * get through, or whose turn failed, closes nothing: its button may be pressed again.
 */
export function settle(log) {
  const open = [];
  for (const node of log.querySelectorAll(".message:not(.user.failed)")) {
    if (node.classList.contains("assistant")) {
      open.push(...node.querySelectorAll(".choices:not([data-spent-by])"));
    } else {
      answer(open, node);
    }
  }
}

function answer(open, message) {
  const { key, text, turn } = message.dataset;
  const log = message.parentNode;
  const spent = log.querySelector(`[data-spent-by="${CSS.escape(key)}"]`);
  if (turn && log.querySelector(`.assistant.failed[data-turn="${CSS.escape(turn)}"]`)) {
    if (spent) reopen(spent);
    return;
  }
  if (spent) return;
  for (let at = open.length - 1; at >= 0; at -= 1) {
    const pressed = [...open[at].querySelectorAll(".choice")].find((b) => titleOf(b) === text);
    if (pressed) {
      spend(pressed, key);
      open.splice(at, 1);
      return;
    }
  }
}
