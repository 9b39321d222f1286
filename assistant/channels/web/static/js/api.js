/** The service's HTTP interface. */

import { backoff, sleep } from "./backoff.js";

const TIMEOUT_MS = 30000;
const TRIES = 3;
const WORTH_RETRYING = new Set([502, 503, 504]);

const SESSION_OVER = "not_signed_in";
const BUTTON_CLOSED = new Set(["button_rejected", "button_spent"]);

/** The service answered, and refused. `words` holds its explanation in both languages, or null. */
export class Refused extends Error {
  constructor(status, error) {
    super(`${status} ${error?.code ?? ""}`);
    this.status = status;
    this.code = error?.code ?? null;
    this.words = error?.zh && error?.en ? { zh: error.zh, en: error.en } : null;
  }

  /** The person has to sign in again. */
  get endsSession() {
    return this.status === 401 && (this.code ?? SESSION_OVER) === SESSION_OVER;
  }

  /** The button that was posted will never be taken. */
  get closesButton() {
    return BUTTON_CLOSED.has(this.code);
  }
}

/** No answer came: no network, or too late. */
export class Unreachable extends Error {}

export const fetchConfig = () => call("/api/config");

/** Sign in with `{employee_id}` or `{assertion}`. */
export const login = (proof) => call("/api/login", { body: proof });

/** What a page of an entry or a tariff row shows, in both languages; `path` is the page's own. */
export const fetchPage = (token, path) => call(`/api${path}`, { token });

/** A page of the conversation; `window` may hold `before` or `after`. */
export function fetchMessages(token, window = {}) {
  return call(`/api/messages?${new URLSearchParams({ limit: 50, ...window })}`, { token });
}

/** The content of a picture or a file of the conversation, as a blob. */
export async function fetchFile(token, id) {
  const response = await reach(`/api/files/${encodeURIComponent(id)}`, token);
  if (!response.ok) throw new Refused(response.status, null);
  return response.blob();
}

/** Post a message; the same `message_id` goes out each time, so a repeat is answered once. */
export async function postMessage(token, body) {
  for (let failures = 0; ; failures += 1) {
    try {
      return await call("/api/messages", { token, body });
    } catch (error) {
      if (failures + 1 >= TRIES || !isPassing(error)) throw error;
      await sleep(backoff(failures));
    }
  }
}

/** Keep what a reader thinks of an answer: `up` or `down`. */
export const postFeedback = (token, id, verdict) =>
  call(`/api/messages/${id}/feedback`, { token, body: { verdict } });

function isPassing(error) {
  return error instanceof Unreachable || WORTH_RETRYING.has(error.status);
}

async function call(path, { token, body } = {}) {
  const response = await reach(path, token, body);
  const answer = await response.json().catch(() => null);
  if (!response.ok || answer === null) throw new Refused(response.status, answer?.error);
  return answer;
}

async function reach(path, token, body) {
  const headers = {};
  if (token) headers.Authorization = `Bearer ${token}`;
  if (body) headers["Content-Type"] = "application/json";
  const waiting = new AbortController();
  const timer = setTimeout(() => waiting.abort(), TIMEOUT_MS);
  try {
    return await fetch(path, {
      method: body ? "POST" : "GET",
      headers,
      body: body && JSON.stringify(body),
      cache: "no-store",
      signal: waiting.signal,
    });
  } catch (cause) {
    throw new Unreachable(path, { cause });
  } finally {
    clearTimeout(timer);
  }
}
