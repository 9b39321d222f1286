/** A page of one entry or one tariff row with its history, for who is signed in in this tab. */

import { fetchPage, Refused } from "./api.js";
import { byId, el } from "./dom.js";
import { render } from "./render.js";
import { currentSession } from "./session.js";
import {
  language,
  onLanguage,
  pick,
  preferredLanguage,
  rememberLanguage,
  useLanguage,
  word,
} from "./words.js";

let shown = null;
let failure = null;

async function start() {
  await useLanguage(preferredLanguage());
  onLanguage(write);
  const session = currentSession();
  if (session) await load(session.token);
  else failure = { key: "pageSignIn" };
  write();
}

async function load(token) {
  try {
    shown = await fetchPage(token, location.pathname);
  } catch (error) {
    failure = error instanceof Refused && error.words ? error.words : { key: "offline" };
  }
}

function write() {
  for (const button of document.querySelectorAll("[data-language]")) {
    button.setAttribute("aria-pressed", button.dataset.language === language());
  }
  if (failure) {
    const said = failure.key ? word(failure.key) : pick(failure);
    byId("page-content").replaceChildren(el("p", { class: "text" }, said));
  } else if (shown) {
    const { title, blocks } = shown[language()];
    byId("page-title").textContent = title;
    document.title = title;
    byId("page-content").replaceChildren(...render(blocks));
  }
}

for (const button of document.querySelectorAll("[data-language]")) {
  button.addEventListener("click", () => {
    rememberLanguage(button.dataset.language);
    useLanguage(button.dataset.language);
  });
}

start();
