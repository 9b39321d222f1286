/** Where the person types: sending, recalling, clearing, never in an input method’s way. */

import { word, onLanguage } from "./words.js";

const DRAFT = "draft";
const COUNT_BELOW = 200;
const IME_KEY_CODE = 229;
/* Some browsers end the composition before they report the Enter that ended it. */
const AFTER_COMPOSITION_MS = 60;

export class Composer {
  #form;
  #input;
  #send;
  #counter;
  #onSend;
  #owner = null;
  #past = [];
  #recalled = 0;
  #composedAt = -Infinity;

  constructor({ form, input, send, counter }, onSend) {
    this.#form = form;
    this.#input = input;
    this.#send = send;
    this.#counter = counter;
    this.#onSend = onSend;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
    input.addEventListener("input", () => this.#changed());
    input.addEventListener("compositionend", (event) => (this.#composedAt = event.timeStamp));
    input.addEventListener("keydown", (event) => this.#press(event));
    onLanguage(() => this.#changed());
  }

  /** Put a text into the box as if typed. */
  fill(text) {
    this.#input.value = text;
    this.#changed();
    this.#input.setSelectionRange(text.length, text.length);
  }

  /** Give back a text that could not be sent, before whatever was typed since. */
  restore(text) {
    this.fill([text, this.#input.value].filter(Boolean).join("\n"));
  }

  /** Remember a text for the Up key. */
  remember(text) {
    if (this.#past.at(-1) !== text) this.#past.push(text);
    this.#recalled = this.#past.length;
  }

  /** Know a text of the conversation, too; what was typed here is known already. */
  learn(text) {
    if (this.#past.includes(text)) return;
    const lookingBack = this.#recalled < this.#past.length;
    this.#past.push(text);
    if (!lookingBack) this.#recalled = this.#past.length;
  }

  /** Go on with this person's draft; whatever somebody else typed here is forgotten. */
  belongTo(owner) {
    const draft = JSON.parse(sessionStorage.getItem(DRAFT));
    if (this.#owner !== owner) this.#past = [];
    this.#owner = owner;
    this.#recalled = this.#past.length;
    this.fill(draft?.owner === owner ? draft.text : "");
  }

  #press(event) {
    if (this.#isComposing(event)) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.#submit();
    } else if (event.key === "Escape") {
      this.#clear();
    } else if (event.key === "ArrowUp" && this.#mayRecall()) {
      this.#recall(event, -1);
    } else if (event.key === "ArrowDown" && this.#isRecalling()) {
      this.#recall(event, 1);
    }
  }

  #isComposing(event) {
    const justComposed = event.timeStamp - this.#composedAt < AFTER_COMPOSITION_MS;
    return event.isComposing || event.keyCode === IME_KEY_CODE || justComposed;
  }

  #submit() {
    const text = this.#input.value.trim();
    if (!text) return;
    this.remember(text);
    this.fill("");
    this.#onSend(text);
  }

  #clear() {
    const text = this.#input.value.trim();
    if (text) this.remember(text);
    this.fill("");
  }

  #isRecalling() {
    return this.#input.value !== "" && this.#input.value === this.#past[this.#recalled];
  }

  #mayRecall() {
    return this.#input.value === "" || this.#isRecalling();
  }

  #recall(event, step) {
    const wanted = this.#recalled + step;
    if (wanted < 0 || wanted > this.#past.length) return;
    event.preventDefault();
    this.#recalled = wanted;
    this.fill(this.#past[wanted] ?? "");
  }

  #changed() {
    const { value, maxLength } = this.#input;
    const left = maxLength - value.length;
    if (this.#owner) {
      sessionStorage.setItem(DRAFT, JSON.stringify({ owner: this.#owner, text: value }));
    }
    this.#send.disabled = !value.trim();
    this.#counter.textContent =
      left > COUNT_BELOW ? "" : left > 0 ? word("counter", { n: left }) : word("counterFull");
    this.#form.classList.toggle("full", left <= 0);
    this.#input.style.height = "auto";
    this.#input.style.height = `${this.#input.scrollHeight}px`;
  }
}
