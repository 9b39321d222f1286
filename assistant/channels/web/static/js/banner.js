/** The strip under the header: a lost connection or messages that were not loaded. */

import { setWord } from "./words.js";

const PATIENCE_MS = 1500;

export class Banner {
  #node;
  #text;
  #action;
  #trouble = null;
  #timer = null;

  constructor({ node, text, action }) {
    this.#node = node;
    this.#text = text;
    this.#action = action;
  }

  /**
   * Tell of a trouble, named by its words, with an action beside it. It shows after a moment, as
   * most breaks pass unnoticed; while one trouble stands, others wait for their next occurrence.
   */
  show(trouble, actionKey, act, { patience = PATIENCE_MS } = {}) {
    if (this.#trouble) return;
    this.#trouble = trouble;
    this.#action.onclick = act;
    this.#timer = setTimeout(() => {
      setWord(this.#text, trouble);
      setWord(this.#action, actionKey);
      this.#node.hidden = false;
    }, patience);
  }

  /** The trouble is over; without a name, any is. */
  hide(trouble = this.#trouble) {
    if (trouble !== this.#trouble) return;
    clearTimeout(this.#timer);
    this.#trouble = null;
    this.#node.hidden = true;
  }
}
