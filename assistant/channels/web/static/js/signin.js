/** Signing in: a sample employee in a demonstration, the bank's portal otherwise. */

import { login, Refused } from "./api.js";
import { el, focus } from "./dom.js";
import { onLanguage, pick, setWord, word } from "./words.js";

const ROLE_ORDER = ["manager", "leader", "expert", "knowledge_owner", "administrator"];

export class SignIn {
  #parts;
  #config;
  #onSignedIn;

  /**
   * `parts` holds the elements `section`, `title`, `lead`, `message`, `people`, `search`, `list`
   * and `none`.
   */
  constructor(parts, config, onSignedIn) {
    this.#parts = parts;
    this.#config = config;
    this.#onSignedIn = onSignedIn;
    parts.search.addEventListener("input", () => this.#list());
    parts.search.addEventListener("keydown", (event) => this.#chooseOnly(event));
    parts.list.addEventListener("click", (event) => {
      const row = event.target.closest("button");
      if (row) this.#enter({ employee_id: row.dataset.employee });
    });
    setWord(parts.title, config.demo ? "signinTitle" : "portalTitle");
    setWord(parts.lead, config.demo ? "signinLead" : "portalLead");
    parts.people.hidden = !config.demo;
    onLanguage(() => this.#list());
    this.#list();
  }

  /** Show the page of sign-in; `expired` says that a session has just ended. */
  show({ expired = false } = {}) {
    this.#parts.section.hidden = false;
    this.#say(expired ? word("signinExpired") : "");
    focus(this.#config.demo ? this.#parts.search : this.#parts.title);
  }

  hide() {
    this.#parts.section.hidden = true;
  }

  /** Use the proof that the portal put behind the `#` of the address. */
  enterWith(assertion) {
    this.#say(word("signinWorking"));
    return this.#enter({ assertion });
  }

  async #enter(proof) {
    try {
      this.#onSignedIn(await login(proof));
    } catch (error) {
      const words = error instanceof Refused && error.words;
      this.#say(words ? pick(words) : word("startFailed"));
    }
  }

  #say(text) {
    this.#parts.message.textContent = text;
    this.#parts.message.hidden = !text;
  }

  #chooseOnly(event) {
    const rows = this.#parts.list.querySelectorAll("button");
    if (event.key === "Enter" && !event.isComposing && rows.length === 1) rows[0].click();
  }

  #list() {
    if (!this.#config.demo) return;
    const wanted = this.#parts.search.value.trim().toLowerCase();
    const found = this.#config.employees.filter((each) => searchable(each).includes(wanted));
    const roles = [...new Set([...ROLE_ORDER, ...found.map(({ role }) => role)])];
    const groups = roles
      .map((role) => group(role, found.filter((employee) => employee.role === role)))
      .filter(Boolean);
    this.#parts.list.replaceChildren(...groups);
    this.#parts.none.hidden = found.length > 0;
  }
}

function searchable(employee) {
  const { id, name, name_en: nameEn, branch_zh: branchZh, branch_en: branchEn } = employee;
  return [id, name, nameEn, branchZh, branchEn].join("\n").toLowerCase();
}

function group(role, employees) {
  if (!employees.length) return null;
  const branches = [...new Set(employees.map(branchOf))];
  const parts = branches.flatMap((branch) => {
    const people = employees.filter((employee) => branchOf(employee) === branch);
    const list = el("ul", { class: "people" }, ...people.map(row));
    return [el("h4", { class: "branch" }, branch), list];
  });
  const title = el("h3", { class: "role-title" }, roleName(role));
  return el("section", { class: "role" }, title, ...parts);
}

function row(employee) {
  const { id, name, name_en: nameEn, clients } = employee;
  const about = clients ? `${id} · ${word("signinClients", { n: clients })}` : id;
  const shown = el("span", { class: "employee-name" }, pick({ zh: name, en: nameEn }));
  const line = el("span", { class: "employee-about" }, about);
  return el(
    "li",
    {},
    el("button", { type: "button", class: "employee", "data-employee": id }, shown, line),
  );
}

/** A role's name; one this page does not know shows as it is called. */
export const roleName = (role) => word(`roles.${role}`) || role;

/** An employee's branch in the interface language. */
export const branchOf = ({ branch_zh: zh, branch_en: en }) => pick({ zh, en });
