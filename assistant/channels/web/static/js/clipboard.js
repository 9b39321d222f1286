/** Copying text, also where the page is served without TLS and the browser's own way is closed. */

import { el } from "./dom.js";

/** Copy text; returns whether it worked. */
export async function copyText(text) {
  if (navigator.clipboard) {
    return navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    );
  }
  const carrier = el("textarea", { class: "visually-hidden", tabindex: "-1" });
  carrier.value = text;
  document.body.append(carrier);
  carrier.select();
  const done = document.execCommand("copy");
  carrier.remove();
  return done;
}
