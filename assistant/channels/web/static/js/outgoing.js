/** Sending: shown at once, posted in order, retried under the same id, failed in plain sight. */

import { postMessage, Refused, Unreachable } from "./api.js";
import { reopen, spend, titleOf } from "./choices.js";
import { markFailed } from "./message.js";
import { language, pick, word } from "./words.js";

export class Outgoing {
  #token;
  #timeline;
  #working;
  #on;
  #failed = new Map();
  #queue = Promise.resolve();

  /** `on` holds `answered(messages)` and `signedOut(text)`. */
  constructor(token, { timeline, working }, on) {
    this.#token = token;
    this.#timeline = timeline;
    this.#working = working;
    this.#on = on;
  }

  /** Send a typed text. */
  sendText(text) {
    this.#send({ text, body: { text } });
  }

  /** Send a pressed button and close its group. */
  sendChoice(button) {
    const text = titleOf(button);
    const group = button.closest(".choices");
    const body = { button: button.dataset.token, title: text };
    const messageId = this.#send({ text, body, group });
    spend(button, messageId);
  }

  /** Send what failed once more, as a new message; returns false when it is not a failed one. */
  sendAgain(messageId) {
    const content = this.#failed.get(messageId);
    if (!content) return false;
    this.#failed.delete(messageId);
    this.#timeline.withdraw(messageId);
    const { group, body } = content;
    if (group && !group.dataset.spentBy) {
      this.sendChoice(group.querySelector(`[data-token="${CSS.escape(body.button)}"]`));
    } else {
      this.sendText(content.text); // a button the service no longer takes still has its words
    }
    return true;
  }

  #send(content) {
    const messageId = newId();
    const at = new Date().toISOString();
    this.#timeline.expect({ message_id: messageId, text: content.text, at, language: language() });
    this.#working.begin(messageId);
    this.#queue = this.#queue.then(() => this.#deliver(messageId, content));
    return messageId;
  }

  async #deliver(messageId, content) {
    const body = { ...content.body, message_id: messageId, language: language() };
    try {
      const { message, replies } = await postMessage(this.#token, body);
      this.#on.answered([message, ...replies]);
    } catch (error) {
      this.#fail(messageId, content, error);
    } finally {
      this.#working.end(messageId);
    }
  }

  #fail(messageId, content, error) {
    const stored = this.#timeline.storedNode(messageId);
    if (stored) {
      // It did arrive; without a refusal the answer is still to come over the live connection.
      if (error instanceof Refused) markFailed(stored, reason(error));
      return;
    }
    const node = this.#timeline.pendingNode(messageId);
    if (!node) return; // the person has left this conversation
    const refused = error instanceof Refused;
    if (content.group && !(refused && error.closesButton)) reopen(content.group);
    if (refused && error.endsSession) {
      this.#timeline.withdraw(messageId);
      this.#on.signedOut(content.group ? "" : content.text);
      return;
    }
    this.#failed.set(messageId, content);
    markFailed(node, reason(error));
  }
}

function reason(error) {
  if (error instanceof Refused && error.words) return pick(error.words);
  return word(error instanceof Unreachable ? "offline" : "unreadable");
}

/* crypto.randomUUID needs TLS; random values do not. */
function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
