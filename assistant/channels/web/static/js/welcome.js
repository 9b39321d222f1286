/** What an empty conversation shows: a greeting and questions to start from. */

import { partOfDay } from "./clock.js";
import { el, icon } from "./dom.js";
import { pick, word } from "./words.js";

export class Welcome {
  #parts;
  #employee;

  /** `parts` holds the elements `section`, `greeting` and `suggestions`. */
  constructor(parts, employee, onAsk) {
    this.#parts = parts;
    this.#employee = employee;
    parts.suggestions.onclick = (event) => {
      const pressed = event.target.closest("button");
      if (pressed) onAsk(pressed.textContent);
    };
    this.write();
  }

  /** Write the words in the interface language. */
  write() {
    const { greeting, suggestions } = this.#parts;
    const name = pick({ zh: this.#employee.name, en: this.#employee.name_en });
    greeting.textContent = word(`greeting.${partOfDay(new Date())}`, { name });
    const offers = word("suggestions").map((text) => {
      const words = el("span", {}, text);
      const button = el("button", { type: "button", class: "suggestion" }, words, icon("chevron"));
      return el("li", {}, button);
    });
    suggestions.replaceChildren(...offers);
  }

  show(wanted) {
    this.#parts.section.hidden = !wanted;
  }
}
