/** The words of the interface, in the language the person chose. */

const PREFERENCE = "language";
const HTML_LANG = { zh: "zh-CN", en: "en" };
const tables = {};
const listeners = [];
let chosen = "zh";

/** The language of the last visit, else the browser's; Chinese unless the browser is English. */
export function preferredLanguage() {
  const remembered = localStorage.getItem(PREFERENCE);
  if (remembered === "zh" || remembered === "en") return remembered;
  return navigator.language.startsWith("en") ? "en" : "zh";
}

export const language = () => chosen;

/** Of two texts, the one in the interface language. */
export const pick = ({ zh, en }) => (chosen === "en" ? en : zh);

/** The words under a key such as `roles.manager`, with `{name}` replaced from `values`. */
export function word(key, values = {}) {
  const found = key.split(".").reduce((table, part) => table?.[part], tables[chosen]);
  if (typeof found !== "string") return found ?? "";
  return found.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

/** Use a language from now on, remember it, and put its words on the page. */
export async function useLanguage(wanted) {
  tables[wanted] ??= await (await fetch(`/static/words/${wanted}.json`)).json();
  chosen = wanted;
  document.documentElement.lang = HTML_LANG[wanted];
  translate(document);
  for (const listener of listeners) listener(wanted);
}

/** Keep the choice for the next visit. */
export const rememberLanguage = (wanted) => localStorage.setItem(PREFERENCE, wanted);

export const onLanguage = (listener) => listeners.push(listener);

/** Give an element words that follow the interface language. */
export function setWord(node, key) {
  node.dataset.word = key;
  node.textContent = word(key);
  return node;
}

/** Give an element an accessible name and tooltip that follow the interface language. */
export function setLabel(node, key) {
  node.dataset.wordLabel = key;
  label(node);
  return node;
}

function label(node) {
  const text = word(node.dataset.wordLabel);
  node.setAttribute("aria-label", text);
  if (node.matches(".icon-button")) node.title = text;
}

function translate(root) {
  for (const node of root.querySelectorAll("[data-word]")) {
    node.textContent = word(node.dataset.word);
  }
  for (const node of root.querySelectorAll("[data-word-label]")) label(node);
  for (const node of root.querySelectorAll("[data-word-placeholder]")) {
    node.placeholder = word(node.dataset.wordPlaceholder);
  }
}
