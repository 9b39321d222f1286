/** Waiting longer after each failure, with some chance in it: not everyone returns at once. */

/** Milliseconds to wait after the given number of failures (0, 1, 2 …). */
export function backoff(failures, { first = 500, most = 15000 } = {}) {
  const ceiling = Math.min(most, first * 2 ** failures);
  return ceiling * (0.6 + 0.4 * Math.random());
}

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
