/** Making elements without ever parsing markup. */

/**
 * Make an element. Keys of `attributes` are attribute names; `false`, `null` and `undefined` leave
 * the attribute out. Children are nodes or plain text.
 */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false && value != null) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children);
  return node;
}

export const byId = (id) => document.getElementById(id);

/** A decorative icon; its drawing is chosen by the style sheet. */
export const icon = (name) => el("span", { class: `icon icon-${name}`, "aria-hidden": "true" });

/** Move the keyboard to an element, unless that would raise a keyboard on the screen unasked. */
export function focus(node) {
  if (matchMedia("(pointer: fine)").matches || !node.matches("input, textarea")) {
    node.focus({ preventScroll: true });
  }
}
