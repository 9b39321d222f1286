/** Thumbs up and down under an answer: pressed at once, taken back when the service did not. */

import { postFeedback } from "./api.js";
import { el, icon } from "./dom.js";
import { setLabel, setWord } from "./words.js";

const LABELS = { up: "helpful", down: "notHelpful" };
const SAID = { up: "thanks", down: "passedOn" };

/** The two buttons of an answer; none for what answers no question, or failed. */
export function verdicts({ role, turn_id: turn, failed, feedback }) {
  if (role !== "assistant" || !turn || failed) return [];
  const said = el("span", { class: "verdict-said", role: "status" });
  const group = el("span", { class: "verdicts", role: "group" }, thumb("up"), thumb("down"), said);
  setLabel(group, "verdictLabel");
  press(group, feedback);
  return [group];
}

/** Keep what a reader thinks of the message with the given id. */
export async function judge(token, button, id) {
  const group = button.closest(".verdicts");
  const before = group.querySelector("[aria-pressed='true']")?.dataset.verdict;
  const { verdict } = button.dataset;
  const said = group.querySelector(".verdict-said");
  press(group, verdict);
  try {
    await postFeedback(token, id, verdict);
    setWord(said, SAID[verdict]);
  } catch (error) {
    press(group, before);
    setWord(said, "verdictFailed");
    throw error;
  }
}

function thumb(verdict) {
  const button = el(
    "button",
    { type: "button", class: "action verdict", "data-verdict": verdict, "aria-pressed": "false" },
    icon(`thumb-${verdict}`),
  );
  return setLabel(button, LABELS[verdict]);
}

function press(group, verdict) {
  for (const button of group.querySelectorAll(".verdict")) {
    button.setAttribute("aria-pressed", String(button.dataset.verdict === verdict));
  }
}
