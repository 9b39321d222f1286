/** The conversation on the page: every message once, in order, with a line between days. */

import { settle } from "./choices.js";
import { dayKey, daySeparator } from "./clock.js";
import { pendingMessage, storedMessage } from "./message.js";

export class Timeline {
  #log;
  #messages = new Map();
  #nodes = new Map();
  #pending = new Map();

  constructor(log) {
    this.#log = log;
  }

  get isEmpty() {
    return this.#messages.size + this.#pending.size === 0;
  }

  get oldestId() {
    return this.#messages.size ? Math.min(...this.#messages.keys()) : null;
  }

  get newestId() {
    return this.#messages.size ? Math.max(...this.#messages.keys()) : null;
  }

  message(id) {
    return this.#messages.get(id);
  }

  /** The person's message of a turn, if it is on the page. */
  questionOf(turnId) {
    const asked = ({ role, turn_id: turn }) => role === "user" && turn === turnId;
    return turnId === null ? undefined : [...this.#messages.values()].find(asked);
  }

  hasAnswer(turnId) {
    const answers = ({ role, turn_id: turn }) => role === "assistant" && turn === turnId;
    return [...this.#messages.values()].some(answers);
  }

  /** Take in messages; returns those that were not on the page before. */
  accept(messages) {
    const fresh = messages.filter(({ id }) => !this.#messages.has(id));
    for (const message of fresh) this.#place(message);
    if (fresh.length) {
      this.#separateDays();
      settle(this.#log);
    }
    return fresh;
  }

  /** Show a message before the service has it. */
  expect(outgoing) {
    const node = pendingMessage(outgoing);
    node.classList.add("arriving");
    this.#pending.set(outgoing.message_id, node);
    this.#log.append(node);
    return node;
  }

  /** The node of a message of this page that has not come back from the service. */
  pendingNode(messageId) {
    return this.#pending.get(messageId);
  }

  /** The node of a message of this page that the service is known to have. */
  storedNode(messageId) {
    return this.#log.querySelector(`[data-id][data-key="${CSS.escape(messageId)}"]`);
  }

  /** Take back a message that was shown before the service had it. */
  withdraw(messageId) {
    this.#pending.get(messageId)?.remove();
    this.#pending.delete(messageId);
  }

  clear() {
    this.#messages.clear();
    this.#nodes.clear();
    this.#pending.clear();
    this.#log.replaceChildren();
  }

  #place(message) {
    const node = storedMessage(message);
    const next = this.#successor(message.id);
    if (!next && message.role === "assistant") node.classList.add("arriving");
    this.#log.insertBefore(node, next ?? this.#log.querySelector(".message.waiting"));
    if (message.role === "user") this.withdraw(message.message_id);
    this.#messages.set(message.id, message);
    this.#nodes.set(message.id, node);
  }

  #successor(id) {
    if (id > (this.newestId ?? -Infinity)) return null;
    const later = [...this.#nodes.keys()].filter((other) => other > id);
    return this.#nodes.get(Math.min(...later));
  }

  #separateDays() {
    let day = null;
    const shown = new Map([...this.#log.querySelectorAll(".day")].map((n) => [n.dataset.day, n]));
    for (const id of [...this.#nodes.keys()].sort((a, b) => a - b)) {
      const { at } = this.#messages.get(id);
      if (dayKey(at) === day) continue;
      day = dayKey(at);
      const line = shown.get(day) ?? daySeparator(at);
      const node = this.#nodes.get(id);
      if (node.previousSibling !== line) this.#log.insertBefore(line, node);
    }
  }
}
