// The small behaviours that every page shares. Every page works without them, only less smoothly.
import "./app.scss";
import htmx from "htmx.org";
import { start as startComboBoxes } from "./combo.js";
import { start as startPins } from "./pin.js";

window.htmx = htmx;
startComboBoxes();
startPins();

// A menu that is open closes on Escape and on a click elsewhere, and gives the focus back.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = document.querySelector("details.menu[open]");
  if (!open) return;
  open.removeAttribute("open");
  open.querySelector("summary").focus();
});
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.removeAttribute("open");
  }
});

// "/" puts the cursor into the search box, unless somebody is typing.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const search = document.querySelector("#site-search");
  if (search) {
    event.preventDefault();
    search.focus();
  }
});

// The filters of a list stand open on wide screens and fold away on narrow ones.
const filters = document.querySelector("details.filters[data-fold]");
if (filters && window.matchMedia("(max-width: 40rem)").matches) filters.removeAttribute("open");

// A form says what happens once, even when it is sent twice in haste.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || form.hasAttribute("hx-post") || event.defaultPrevented) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// What pages keep on a device goes with whoever signs out, and is nobody else's (offline/pages.js).
const KEEPING = { "schoolward-walks": () => import("./walk/keeping.js"), "schoolward-heads": () => import("./heads/keeping.js") };
const { account } = document.body.dataset;
const kept = () => {
  try {
    return Object.keys(KEEPING).filter((mark) => localStorage.getItem(mark));
  } catch {
    return [];
  }
};
if (account) for (const mark of kept()) KEEPING[mark]().then(({ forgetOthers }) => forgetOthers(account));
document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!account || event.defaultPrevented || !new URL(form.action).pathname.endsWith("/logout/") || !kept().length) return;
  event.preventDefault();
  try {
    await Promise.allSettled(kept().map(async (mark) => (await KEEPING[mark]()).forgetAtSignOut(account)));
  } finally {
    form.submit();
  }
});

for (const button of document.querySelectorAll("[data-print]")) {
  button.addEventListener("click", () => window.print());
}
