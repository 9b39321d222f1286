/** Bringing messages from the service: the latest, the earlier, and those missed meanwhile. */

import { fetchMessages } from "./api.js";

export class History {
  #token;
  #timeline;
  /* Everything up to here is on the page. A later message may arrive sooner, as the answer to a
     post, so the newest on the page does not prove that none before it is missing. */
  #cursor = null;
  #more = false;
  #live = false;
  #connection = 0;
  #fetching = Promise.resolve();

  constructor(token, timeline) {
    this.#token = token;
    this.#timeline = timeline;
  }

  get hasEarlier() {
    return this.#more;
  }

  /** Fetch what is new since the last time; the first time, the latest page. */
  catchUp() {
    const fetched = this.#fetching.then(() => this.#fetchNew());
    this.#fetching = fetched.catch(() => {});
    return fetched;
  }

  /** Catch up beside a live connection that has just opened; from then on it brings everything. */
  async follow() {
    this.#connection += 1;
    const connection = this.#connection;
    const messages = await this.catchUp();
    this.#live = connection === this.#connection;
    return messages;
  }

  /** The live connection is lost: from here on something may be missed. */
  lost() {
    this.#connection += 1;
    this.#live = false;
  }

  /** Note a message that the live connection brought. */
  seen(id) {
    if (this.#live) this.#cursor = Math.max(this.#cursor ?? id, id);
  }

  /** Fetch the page before the oldest on the page; returns the messages. */
  async earlier() {
    const page = await fetchMessages(this.#token, { before: this.#timeline.oldestId });
    this.#more = page.more;
    return page.messages;
  }

  async #fetchNew() {
    if (this.#cursor === null) return this.#fetchLatest();
    const found = [];
    let cursor = this.#cursor;
    for (let more = true; more; ) {
      const page = await fetchMessages(this.#token, { after: cursor });
      found.push(...page.messages);
      cursor = page.messages.at(-1)?.id ?? cursor;
      more = page.more && page.messages.length > 0;
    }
    this.#cursor = Math.max(this.#cursor, cursor);
    return found;
  }

  async #fetchLatest() {
    const page = await fetchMessages(this.#token);
    this.#cursor = page.messages.at(-1)?.id ?? null;
    this.#more = page.more;
    return page.messages;
  }
}
