/** The one markup of a reply: `**bold**`. */

import { el } from "./dom.js";

const BOLD = /\*\*([^*]+)\*\*/;

/** Text with its bold parts as `<strong>`. */
export function emphasised(text) {
  return text.split(BOLD).map((part, at) => (at % 2 ? el("strong", {}, part) : part));
}

/** Text without its marks. */
export const plain = (text) => text.split(BOLD).join("");
