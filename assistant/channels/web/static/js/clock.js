/** Times and days as people write them, in the reader's own time zone. */

import { language, onLanguage, word } from "./words.js";
import { el } from "./dom.js";

const LOCALES = { zh: "zh-CN", en: "en-GB" };

/** A `<time>` showing the hour and minute; hovering shows the whole moment. */
export function timeOf(at) {
  const node = el("time", { datetime: at });
  writeTime(node);
  return node;
}

/** The calendar day of a moment, as a sortable key. */
export function dayKey(at) {
  const moment = new Date(at);
  const two = (number) => String(number).padStart(2, "0");
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
}

/** A separator between the messages of two days. */
export function daySeparator(at) {
  const node = el("div", { class: "day", "data-day": dayKey(at), "data-at": at });
  writeDay(node);
  return node;
}

/** Part of the day, for a greeting. */
export function partOfDay(now) {
  const hour = now.getHours();
  if (hour >= 5 && hour < 12) return "morning";
  return hour >= 12 && hour < 18 ? "afternoon" : "evening";
}

function format(at, options) {
  return new Intl.DateTimeFormat(LOCALES[language()], options).format(new Date(at));
}

function writeTime(node) {
  const at = node.dateTime;
  node.textContent = format(at, { hour: "2-digit", minute: "2-digit", hour12: false });
  node.title = format(at, { dateStyle: "full", timeStyle: "short", hour12: false });
}

function writeDay(node) {
  const at = node.dataset.at;
  const now = new Date();
  const yesterday = new Date(now);
  yesterday.setDate(now.getDate() - 1);
  if (node.dataset.day === dayKey(now)) node.textContent = word("today");
  else if (node.dataset.day === dayKey(yesterday)) node.textContent = word("yesterday");
  else node.textContent = format(at, fullDay(at, now));
}

function fullDay(at, now) {
  const day = { month: "long", day: "numeric", weekday: "short" };
  return new Date(at).getFullYear() === now.getFullYear() ? day : { ...day, year: "numeric" };
}

onLanguage(() => {
  document.querySelectorAll("time").forEach(writeTime);
  document.querySelectorAll(".day").forEach(writeDay);
});
