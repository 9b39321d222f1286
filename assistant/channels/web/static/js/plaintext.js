/** A reply as plain text, for the clipboard. */

import { plain } from "./emphasis.js";

const writers = {
  text: ({ text }) => plain(text),
  heading: ({ text }) => text,
  figure: ({ label, value, note }) =>
    [`${label}  ${value}`, plain(note ?? "")].filter(Boolean).join("\n"),
  table: ({ caption, columns, rows }) =>
    [caption, tabbed(columns.map(({ label }) => label)), ...rows.map(tabbed)]
      .filter(Boolean)
      .join("\n"),
  list: ({ ordered, items }) =>
    items.map((item, at) => `${ordered ? `${at + 1}.` : "-"} ${plain(item)}`).join("\n"),
  note: ({ text }) => plain(text),
  source: ({ text }) => text,
  picture: ({ alt, name }) => `${alt} (${name})`,
  file: ({ name }) => name,
  copyable: ({ text }) => text,
  details: ({ summary, blocks }) => `${summary}\n${plainText(blocks)}`,
};

const tabbed = (cells) => cells.map(plain).join("\t");

/** Blocks as text, tables with tabs so that a spreadsheet takes them; buttons are left out. */
export function plainText(blocks) {
  return blocks
    .filter(({ type }) => type in writers)
    .map((block) => writers[block.type](block))
    .join("\n\n");
}
