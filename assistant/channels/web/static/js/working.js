/** The sign that an answer is being prepared: nothing at once, dots soon, later a word. */

import { setWord } from "./words.js";

const SHOW_AFTER_MS = 150;
const COMFORT_AFTER_MS = 4000;
const FORGET_AFTER_MS = 60000;

export class Working {
  #node;
  #text;
  #onShow;
  #tasks = new Map();
  #timers = [];

  constructor(node, text, onShow) {
    this.#node = node;
    this.#text = text;
    this.#onShow = onShow;
  }

  /** A task, named by a message or a turn, has begun. */
  begin(task) {
    if (this.#tasks.has(task)) return;
    const idle = this.#tasks.size === 0;
    this.#tasks.set(task, setTimeout(() => this.end(task), FORGET_AFTER_MS));
    if (idle) {
      this.#timers = [
        setTimeout(() => this.#show("working"), SHOW_AFTER_MS),
        setTimeout(() => this.#show("stillWorking"), COMFORT_AFTER_MS),
      ];
    }
  }

  end(task) {
    clearTimeout(this.#tasks.get(task));
    this.#tasks.delete(task);
    if (this.#tasks.size === 0) this.#hide();
  }

  endAll() {
    for (const task of [...this.#tasks.keys()]) this.end(task);
  }

  #show(key) {
    setWord(this.#text, key);
    this.#node.hidden = false;
    this.#onShow();
  }

  #hide() {
    this.#timers.forEach(clearTimeout);
    this.#node.hidden = true;
  }
}
