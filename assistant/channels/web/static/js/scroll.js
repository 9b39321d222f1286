/** Where the reader is in the conversation, and keeping them there. */

const NEAR = 120;

export class Scroll {
  #box;
  #newer;

  constructor(box, newer) {
    this.#box = box;
    this.#newer = newer;
    newer.addEventListener("click", () => this.toEnd());
    box.addEventListener("scroll", () => this.isNearEnd() && this.#hideNewer(), { passive: true });
  }

  isNearEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.#box;
    return scrollHeight - scrollTop - clientHeight < NEAR;
  }

  toEnd() {
    this.#box.scrollTop = this.#box.scrollHeight;
    this.#hideNewer();
  }

  /** To the end, but no further than the last question: a long answer is read from its start. */
  toAnswer() {
    const questions = this.#box.querySelectorAll(".message.user");
    const last = questions[questions.length - 1];
    const end = this.#box.scrollHeight - this.#box.clientHeight;
    this.#box.scrollTop = last ? Math.min(end, last.offsetTop - 20) : end;
    this.#hideNewer();
  }

  /** Offer the way down instead of taking the reader there. */
  offerNewer() {
    this.#newer.hidden = false;
  }

  /** Change what stands above without moving what the reader sees. */
  keeping(change) {
    const fromEnd = this.#box.scrollHeight - this.#box.scrollTop;
    change();
    this.#box.scrollTop = this.#box.scrollHeight - fromEnd;
  }

  #hideNewer() {
    this.#newer.hidden = true;
  }
}
