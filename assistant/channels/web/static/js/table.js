/** A table of a reply: it scrolls in its frame, or stacks wide rows on a small screen. */

import { el } from "./dom.js";
import { emphasised } from "./emphasis.js";
import { setLabel } from "./words.js";

const WIDE = 4;

/** The element of a table block. */
export function table({ caption, columns, rows }) {
  const wide = columns.length >= WIDE;
  const whole = el("table", { class: wide && "wide", role: "table" });
  if (caption) whole.append(el("caption", {}, caption));
  whole.append(head(columns), el("tbody", { role: "rowgroup" }, ...rows.map(line(columns))));
  const frame = el("div", { class: "table", role: "region", tabindex: "0" }, whole);
  if (caption) frame.setAttribute("aria-label", caption);
  else setLabel(frame, "tableLabel");
  return frame;
}

function head(columns) {
  const cells = columns.map((column) =>
    el("th", { scope: "col", role: "columnheader", class: alignment(column) }, column.label),
  );
  return el("thead", { role: "rowgroup" }, el("tr", { role: "row" }, ...cells));
}

/* Roles are written out because a table whose rows are stacked is otherwise no table any more to
   a screen reader. */
const line = (columns) => (row) => {
  const cells = row.map((cell, at) => {
    const about = { role: "cell", class: alignment(columns[at]), "data-label": columns[at].label };
    return el("td", about, el("span", {}, ...emphasised(cell)));
  });
  return el("tr", { role: "row" }, ...cells);
};

const alignment = ({ align }) => align === "right" && "right";
