/** Reply blocks to elements. Text only ever enters as text, so a reply cannot carry markup. */

import { el, icon } from "./dom.js";
import { emphasised } from "./emphasis.js";
import { file, picture } from "./files.js";
import { table } from "./table.js";
import { setLabel } from "./words.js";

const makers = {
  text: ({ text }) => el("p", { class: "text" }, ...emphasised(text)),
  heading: ({ text }) => el("h3", { class: "heading" }, text),
  figure,
  table,
  list,
  note,
  source: ({ text }) => el("p", { class: "source" }, text),
  details,
  copyable,
  link,
  buttons,
  picture,
  file,
};

/** The elements of a list of blocks; a kind this page does not know is passed over. */
export function render(blocks) {
  return blocks.filter((block) => block.type in makers).map((block) => makers[block.type](block));
}

function figure({ label, value, note: remark }) {
  const node = el("dl", { class: "figure" });
  node.append(
    el("dt", { class: "figure-label" }, label),
    el("dd", { class: "figure-value" }, value),
  );
  if (remark) node.append(el("dd", { class: "figure-note" }, ...emphasised(remark)));
  return node;
}

function list({ ordered, items }) {
  const lines = items.map((item) => el("li", {}, ...emphasised(item)));
  return el(ordered ? "ol" : "ul", { class: "list" }, ...lines);
}

function note({ tone, text }) {
  const kind = tone === "warning" ? "warning" : "info";
  const sign = icon(kind);
  sign.removeAttribute("aria-hidden");
  sign.setAttribute("role", "img");
  setLabel(sign, kind);
  return el("div", { class: `note note-${kind}` }, sign, el("p", {}, ...emphasised(text)));
}

function details({ summary, blocks }) {
  const line = el("summary", {}, icon("chevron"), el("span", {}, summary));
  const inside = el("div", { class: "inside" }, ...render(blocks));
  return el("details", { class: "details" }, line, inside);
}

/* Only a page of this service: a path with one slash, and nothing that leads elsewhere. */
const OWN_PAGE = /^\/(?!\/)[\w\-./]+$/;

function link({ text, href }) {
  if (!OWN_PAGE.test(href)) return el("p", { class: "page-line" }, text);
  // The new tab needs its opener to take the session over; both are pages of this service.
  const anchor = el("a", { class: "page-link", href, target: "_blank", rel: "opener" }, text);
  return el("p", { class: "page-line" }, anchor);
}

function copyable({ label, text }) {
  const copy = el("button", { type: "button", class: "action action-copy-text" }, icon("copy"));
  setLabel(copy, "copy");
  const head = el("div", { class: "copyable-head" }, el("span", {}, label), copy);
  return el("div", { class: "copyable" }, head, el("pre", { class: "copyable-text" }, text));
}

function buttons({ buttons: choices }) {
  const made = choices.map(({ title, token }) =>
    el("button", { type: "button", class: "choice", "data-token": token }, title),
  );
  return el("div", { class: "choices", role: "group" }, ...made);
}
