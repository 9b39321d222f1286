/** Who is signed in, in this tab only. */

const KEY = "session";

/** The session of this tab, or null when there is none or it has run out. */
export function currentSession() {
  const stored = sessionStorage.getItem(KEY);
  if (!stored) return null;
  const session = JSON.parse(stored);
  return new Date(session.expires_at) > new Date() ? session : null;
}

/** Keep the answer to a sign-in: `{token, expires_at, employee}`. */
export function keepSession(session) {
  sessionStorage.setItem(KEY, JSON.stringify(session));
}

export const endSession = () => sessionStorage.removeItem(KEY);
