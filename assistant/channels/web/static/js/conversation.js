/** One signed-in person's conversation: what arrives, what is sent, and what is shown of both. */

import { Refused } from "./api.js";
import { copyText } from "./clipboard.js";
import { History } from "./history.js";
import { Outgoing } from "./outgoing.js";
import { plainText } from "./plaintext.js";
import { Stream } from "./stream.js";
import { setLabel } from "./words.js";

export class Conversation {
  #parts;
  #history;
  #stream;
  #outgoing;
  #onSignedOut;
  #over = false;

  /**
   * `parts` holds `log`, `earlier`, `timeline`, `scroll`, `working`, `banner`, `welcome` and
   * `composer`; `onSignedOut` is called when the service no longer knows the session.
   */
  constructor(token, parts, onSignedOut) {
    this.#parts = parts;
    this.#onSignedOut = onSignedOut;
    this.#history = new History(token, parts.timeline);
    this.#outgoing = new Outgoing(token, parts, {
      answered: (messages) => this.#take(messages),
      signedOut: (text) => this.#expire(text),
    });
    this.#stream = new Stream(token, {
      ready: () => this.#connected(),
      lost: () => this.#disconnected(),
      message: (message) => this.#arrived(message),
      working: (turn) => this.#working(turn),
    });
    parts.log.onclick = (event) => this.#press(event.target.closest("button"));
    document.onvisibilitychange = () => document.hidden || this.#catchUp();
    this.#catchUp();
  }

  ask(text) {
    this.#outgoing.sendText(text);
    this.#shown();
  }

  /** Load the page before; what the reader sees stays where it is and is not read out. */
  async earlier() {
    const { log, scroll, timeline, earlier } = this.#parts;
    if (!this.#history.hasEarlier || earlier.disabled) return;
    earlier.disabled = true;
    try {
      const messages = await this.#history.earlier();
      log.setAttribute("aria-live", "off");
      scroll.keeping(() => {
        timeline.accept(messages);
        earlier.hidden = !this.#history.hasEarlier;
      });
      setTimeout(() => log.setAttribute("aria-live", "polite"));
    } catch (error) {
      this.#troubled(error);
    } finally {
      earlier.disabled = false;
    }
  }

  /** Leave the conversation; nothing of it reaches the page any more. */
  leave() {
    this.#over = true;
    this.#stream.stop();
    this.#parts.banner.hide();
    this.#parts.working.endAll();
    document.onvisibilitychange = null;
  }

  #connected() {
    this.#parts.banner.hide("reconnecting");
    this.#load(this.#history.follow());
  }

  #disconnected() {
    this.#history.lost();
    this.#parts.banner.show("reconnecting", "reconnectNow", this.#stream.reconnectNow);
    this.#catchUp(); // a closed connection does not say whether the session has ended; this does
  }

  #catchUp() {
    return this.#load(this.#history.catchUp());
  }

  async #load(fetched) {
    const { timeline, scroll, earlier, welcome, banner } = this.#parts;
    try {
      const first = timeline.isEmpty;
      this.#take(await fetched);
      if (this.#over) return;
      banner.hide("historyFailed");
      earlier.hidden = !this.#history.hasEarlier;
      welcome.show(timeline.isEmpty);
      if (first) scroll.toEnd();
    } catch (error) {
      this.#troubled(error);
    }
  }

  #troubled(error) {
    if (this.#over) return;
    if (error instanceof Refused && error.endsSession) this.#expire("");
    else this.#parts.banner.show("historyFailed", "tryAgain", () => this.#catchUp());
  }

  #arrived(message) {
    this.#history.seen(message.id);
    this.#take([message]);
  }

  #take(messages) {
    if (this.#over) return;
    const { timeline, scroll, working, composer } = this.#parts;
    const near = scroll.isNearEnd();
    const fresh = timeline.accept(messages);
    for (const { role, text, turn_id: turn } of fresh) {
      if (role === "user") composer.learn(text);
      else this.#answered(turn, working);
    }
    if (!fresh.length) return;
    this.#parts.welcome.show(false);
    if (near) scroll.toAnswer();
    else if (fresh.some(({ role }) => role === "assistant")) scroll.offerNewer();
  }

  #answered(turn, working) {
    working.end(turn);
    working.end(this.#parts.timeline.questionOf(turn)?.message_id);
  }

  #working(turn) {
    if (!this.#parts.timeline.hasAnswer(turn)) this.#parts.working.begin(turn);
  }

  #press(button) {
    if (!button) return;
    const { id, key } = button.closest(".message").dataset;
    if (button.matches(".choice")) {
      this.#outgoing.sendChoice(button);
      this.#shown();
    } else if (button.matches(".action-copy-text")) {
      const text = button.closest(".copyable").querySelector(".copyable-text").textContent;
      this.#copyText(button, text);
    } else if (button.matches(".action-copy")) {
      this.#copy(button, this.#parts.timeline.message(Number(id)));
    } else if (button.matches(".action-retry")) {
      this.#again(id, key);
    }
  }

  #again(id, key) {
    const { timeline } = this.#parts;
    if (id === undefined) {
      this.#outgoing.sendAgain(key);
    } else {
      const message = timeline.message(Number(id));
      const asked = message.role === "user" ? message : timeline.questionOf(message.turn_id);
      if (asked) this.#outgoing.sendText(asked.text);
    }
    this.#shown();
  }

  #copy(button, { blocks, text }) {
    return this.#copyText(button, blocks.length ? plainText(blocks) : text);
  }

  async #copyText(button, text) {
    const done = await copyText(text);
    setLabel(button, done ? "copied" : "copyFailed");
    button.classList.toggle("done", done);
    setTimeout(() => {
      setLabel(button, "copy");
      button.classList.remove("done");
    }, 1800);
  }

  #shown() {
    this.#parts.welcome.show(false);
    this.#parts.scroll.toEnd();
  }

  #expire(text) {
    if (text) this.#parts.composer.restore(text);
    if (!this.#over) this.#onSignedOut();
  }
}
