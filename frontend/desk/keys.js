// Keys. Every one presses something that stands on the page, so that what they do can be seen and clicked as well.
import { toggle, wake } from "./sound.js";

export function startKeys(desk, { queue, pane, openCurrent, showMuted }) {
  const help = desk.querySelector("[data-help]");
  const chooser = desk.querySelector("[data-chooser]");
  const list = chooser.querySelector("[data-choices]");

  // Shows choices with a key each; gives the chosen one, or null.
  function choose(title, options) {
    chooser.querySelector("[data-chooser-title]").textContent = title;
    list.replaceChildren(
      ...options.map((option) => {
        const button = document.createElement("button");
        button.type = "button";
        const key = document.createElement("kbd");
        key.textContent = option.key;
        button.append(key, option.label);
        button.addEventListener("click", () => finish(option));
        return button;
      }),
    );
    let picked = null;
    const finish = (option) => {
      picked = option;
      chooser.close();
    };
    // Told only when the dialog is gone, so that its end is not taken for that of the next one.
    const chosen = new Promise((done) => (chooser.onclose = () => done(picked)));
    chooser.onkeydown = (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const option = options.find((one) => one.key === event.key.toLowerCase());
      if (!option) return;
      event.preventDefault();
      finish(option);
    };
    chooser.showModal();
    list.querySelector("button")?.focus();
    return chosen;
  }

  const labelOf = (element) =>
    [...element.childNodes]
      .filter((node) => node.nodeName !== "KBD")
      .map((node) => node.textContent)
      .join("")
      .trim();

  async function chooseButton(form) {
    const options = [...form.querySelectorAll("[data-option]")].map((button) => ({
      key: button.dataset.option,
      label: labelOf(button),
      button,
    }));
    const chosen = await choose(form.dataset.groupTitle, options);
    if (chosen) form.requestSubmit(chosen.button);
  }

  // Asks for what a group of radio buttons wants; says whether something was chosen.
  async function chooseRadio(group) {
    const options = [...group.querySelectorAll("[data-option]")].map((radio) => ({
      key: radio.dataset.option,
      label: labelOf(radio.labels[0]),
      radio,
    }));
    const chosen = await choose(group.dataset.radiosTitle, options);
    if (chosen) chosen.radio.checked = true;
    return Boolean(chosen);
  }

  async function close(form) {
    for (const group of form.querySelectorAll("[data-radios]")) {
      if (!(await chooseRadio(group))) return;
    }
    // A known threat is not denied, nor a lost system left, without a second word, written where it is asked for.
    const second = form.querySelector("[data-denying]");
    const ending = form.querySelector("[name=disposition]:checked")?.value;
    if (second && !second.value && second.dataset.denying.split(" ").includes(ending)) second.focus();
    else form.requestSubmit();
  }

  async function enter(form) {
    form.scrollIntoView({ block: "nearest" });
    const group = form.querySelector("[data-radios]");
    if (group && !group.querySelector(":checked") && !(await chooseRadio(group))) return;
    form.querySelector("input.usa-input")?.focus();
  }

  // Presses what the key stands for in the case that is open; says whether there was anything.
  function press(key) {
    const root = pane.element;
    const direct = root.querySelector(`[data-key="${key}"]`);
    const group = root.querySelector(`form[data-group="${key}"]`);
    const field = root.querySelector(`form[data-field="${key}"]`);
    const closing = key === "d" ? root.querySelector("form[data-close]") : null;
    if (direct) direct.click();
    else if (group) void chooseButton(group);
    else if (field) void enter(field);
    else if (closing) void close(closing);
    else return false;
    return true;
  }

  function escape() {
    if (!queue) location.assign(desk.querySelector(".desk-back a").href);
    else {
      const link = (queue.current() ?? desk.querySelector("[data-row]"))?.querySelector("a");
      if (link) link.focus();
      else document.activeElement?.blur();
    }
  }

  document.addEventListener("keydown", async (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (chooser.open || help.open) return;
    const typing = event.target.closest("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]");
    if (event.key === "Escape") {
      if (typing) event.target.blur();
      escape();
      return;
    }
    if (typing) return;
    const inPane = pane.element.contains(event.target);
    const moves = { j: 1, k: -1, ...(inPane ? {} : { ArrowDown: 1, ArrowUp: -1 }) };
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (queue && moves[key]) queue.move(moves[key]);
    else if (key === "Enter" && event.target === document.body) await openCurrent();
    else if (key === "?") help.showModal();
    else if (key === "m") showMuted(toggle());
    else if (/^[a-z1-9]$/.test(key)) {
      // The line that is chosen is meant, even while another case stands beside the queue.
      await openCurrent();
      if (!press(key)) return;
    } else return;
    event.preventDefault();
  });
  desk.addEventListener("click", (event) => {
    wake();
    const pressed = event.target.closest("[data-press]");
    if (!pressed) return;
    event.preventDefault();
    press(pressed.dataset.press);
  });
  document.addEventListener("keydown", wake, { once: true });
  const shown = desk.querySelector("[data-show-keys]");
  if (shown) {
    shown.hidden = false;
    shown.addEventListener("click", () => help.showModal());
  }
}
