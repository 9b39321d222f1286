/** Pictures and files of a reply: fetched with the session, never by a bare address. */

import { fetchFile } from "./api.js";
import { el, icon } from "./dom.js";
import { currentSession } from "./session.js";
import { setWord } from "./words.js";

const KILOBYTE = 1024;

/** The element of a picture block; it is fetched when it comes near the reader. */
export function picture({ file_id: id, name, alt }) {
  const image = el("img", { class: "picture-image", alt });
  const caption = el("figcaption", { class: "picture-caption" }, alt);
  const node = el("figure", { class: "picture" }, image, caption, download(id, name));
  const fetched = new IntersectionObserver((seen) => {
    if (!seen.some(({ isIntersecting }) => isIntersecting)) return;
    fetched.disconnect();
    show(image, id);
  });
  fetched.observe(node);
  return node;
}

/** The element of a file block. */
export function file({ file_id: id, name, size }) {
  return el("p", { class: "file" }, download(id, name, sizeOf(size)));
}

async function show(image, id) {
  try {
    const address = URL.createObjectURL(await contentOf(id));
    image.onload = () => URL.revokeObjectURL(address);
    image.src = address;
  } catch {
    image.replaceWith(fault());
  }
}

function download(id, name, remark) {
  const button = el("button", { type: "button", class: "download" }, icon("download"));
  button.append(el("span", { class: "download-name" }, name));
  if (remark) button.append(el("span", { class: "download-size" }, remark));
  button.onclick = () => save(button, id, name);
  return button;
}

async function save(button, id, name) {
  button.disabled = true;
  button.parentNode.querySelector(".file-fault")?.remove();
  try {
    const address = URL.createObjectURL(await contentOf(id));
    el("a", { href: address, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(address));
  } catch {
    button.after(fault());
  } finally {
    button.disabled = false;
  }
}

const contentOf = (id) => fetchFile(currentSession()?.token, id);

const fault = () => setWord(el("span", { class: "file-fault", role: "alert" }), "fileFailed");

function sizeOf(bytes) {
  return bytes < KILOBYTE ? `${bytes} B` : `${Math.ceil(bytes / KILOBYTE)} KB`;
}
