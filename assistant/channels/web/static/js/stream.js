/** The live connection: opens, reopens with back-off, and tells what came and when it was lost. */

import { backoff } from "./backoff.js";

const READY_WITHIN_MS = 10000;

export class Stream {
  #token;
  #on;
  #socket = null;
  #timer = null;
  #failures = 0;
  #stopped = false;

  /** `on` holds `ready()`, `message(message)`, `working(turnId)` and `lost()`. */
  constructor(token, on) {
    this.#token = token;
    this.#on = on;
    addEventListener("online", this.reconnectNow);
    addEventListener("offline", this.#drop);
    this.#connect();
  }

  /** Close for good. */
  stop() {
    this.#stopped = true;
    removeEventListener("online", this.reconnectNow);
    removeEventListener("offline", this.#drop);
    clearTimeout(this.#timer);
    this.#forget()?.close();
  }

  /** Do not wait for the back-off to pass. */
  reconnectNow = () => {
    if (this.#socket || this.#stopped) return;
    clearTimeout(this.#timer);
    this.#connect();
  };

  #connect() {
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(`${scheme}//${location.host}/api/stream`);
    this.#socket = socket;
    this.#timer = setTimeout(this.#drop, READY_WITHIN_MS);
    socket.onopen = () => socket.send(JSON.stringify({ token: this.#token }));
    socket.onmessage = ({ data }) => this.#receive(JSON.parse(data));
    socket.onclose = this.#drop;
  }

  #receive(event) {
    if (event.type === "ready") {
      clearTimeout(this.#timer);
      this.#failures = 0;
      this.#on.ready();
    } else if (event.type === "message") {
      this.#on.message(event.message);
    } else if (event.type === "working") {
      this.#on.working(event.turn_id);
    }
  }

  /* A dead connection may take minutes to say so: let go of it at once and start anew. */
  #drop = () => {
    const socket = this.#forget();
    if (!socket) return;
    socket.close();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.reconnectNow, backoff(this.#failures));
    this.#failures += 1;
    this.#on.lost();
  };

  #forget() {
    const socket = this.#socket;
    if (socket) socket.onopen = socket.onmessage = socket.onclose = null;
    this.#socket = null;
    return socket;
  }
}
