/** The page put together. */

import { fetchConfig } from "./api.js";
import { Banner } from "./banner.js";
import { Composer } from "./composer.js";
import { Conversation } from "./conversation.js";
import { byId, focus } from "./dom.js";
import { Scroll } from "./scroll.js";
import { currentSession, endSession, keepSession } from "./session.js";
import { branchOf, roleName, SignIn } from "./signin.js";
import { Timeline } from "./timeline.js";
import { Welcome } from "./welcome.js";
import { Working } from "./working.js";
import {
  language,
  onLanguage,
  pick,
  preferredLanguage,
  rememberLanguage,
  useLanguage,
  word,
} from "./words.js";

const scroll = new Scroll(byId("scroll"), byId("newer"));
const parts = {
  log: byId("log"),
  earlier: byId("earlier"),
  timeline: new Timeline(byId("log")),
  scroll,
  working: new Working(byId("working"), byId("working-text"), () => {
    if (scroll.isNearEnd()) scroll.toAnswer();
  }),
  banner: new Banner({
    node: byId("banner"),
    text: byId("banner-text"),
    action: byId("banner-action"),
  }),
  composer: new Composer(
    { form: byId("composer"), input: byId("input"), send: byId("send"), counter: byId("counter") },
    (text) => conversation.ask(text),
  ),
};

let config = null;
let signIn = null;
let employee = null;
let conversation = null;

async function start() {
  try {
    await useLanguage(preferredLanguage());
    config = await fetchConfig();
  } catch {
    parts.banner.show("startFailed", "tryAgain", () => location.reload(), { patience: 0 });
    return;
  }
  byId("sample").hidden = !config.demo;
  signIn = new SignIn(signInParts(), config, (session) => {
    keepSession(session);
    enter(session);
  });
  onLanguage(writeNames);
  open();
}

function open() {
  const assertion = takeAssertion();
  const session = currentSession();
  writeNames();
  if (assertion) {
    signIn.show();
    signIn.enterWith(assertion);
  } else if (session) {
    enter(session);
  } else {
    signIn.show();
  }
}

/* The proof must not stay in the address bar, the history or a bookmark. */
function takeAssertion() {
  const assertion = new URLSearchParams(location.hash.slice(1)).get("assertion");
  if (assertion) history.replaceState(null, "", location.pathname + location.search);
  return assertion;
}

function enter(session) {
  employee = session.employee;
  parts.timeline.clear();
  parts.welcome = new Welcome(
    { section: byId("welcome"), greeting: byId("greeting"), suggestions: byId("suggestions") },
    employee,
    (text) => {
      parts.composer.remember(text);
      conversation.ask(text);
    },
  );
  signIn.hide();
  showSignedIn(true);
  writeNames();
  parts.composer.belongTo(employee.id);
  conversation = new Conversation(session.token, parts, () => leave({ expired: true }));
  focus(byId("input"));
}

function leave({ expired }) {
  conversation.leave();
  conversation = null;
  endSession();
  showSignedIn(false);
  signIn.show({ expired });
}

function showSignedIn(signedIn) {
  for (const id of ["chat", "person", "sign-out"]) byId(id).hidden = !signedIn;
}

function writeNames() {
  const bank = pick({ zh: config.bank_zh, en: config.bank_en });
  byId("bank").textContent = bank;
  document.title = `${word("product")} · ${bank}`;
  for (const button of document.querySelectorAll("[data-language]")) {
    button.setAttribute("aria-pressed", button.dataset.language === language());
  }
  if (!employee) return;
  byId("person-name").textContent = pick({ zh: employee.name, en: employee.name_en });
  byId("person-place").textContent = `${roleName(employee.role)} · ${branchOf(employee)}`;
  parts.welcome.write();
}

function signInParts() {
  const named = { section: byId("signin") };
  for (const name of ["title", "lead", "message", "people", "search", "list", "none"]) {
    named[name] = byId(`signin-${name}`);
  }
  return named;
}

for (const button of document.querySelectorAll("[data-language]")) {
  button.addEventListener("click", () => {
    rememberLanguage(button.dataset.language);
    useLanguage(button.dataset.language);
  });
}
byId("sign-out").addEventListener("click", () => {
  parts.composer.fill("");
  leave({ expired: false });
});
byId("earlier").addEventListener("click", () => conversation.earlier());
new IntersectionObserver(([{ isIntersecting }]) => isIntersecting && conversation?.earlier(), {
  root: byId("scroll"),
  rootMargin: "200px 0px 0px",
}).observe(byId("earlier"));

start();
