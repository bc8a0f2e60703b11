// Fields of questions. Each gives its elements (`parts`), its `inputs`, and keeps them in line with the answer (`show`).
import { element, fill } from "./markup.js";
import { choicesOf } from "./wording.js";
import { words } from "./stored.js";

// So many choices are still found by looking; more are a list that the device searches.
const MOST_BUTTONS = 15;

const isList = (question) =>
  /minimal|autocomplete/.test(question.control.appearance ?? "") || choicesOf(question.session, question.control, question.instance).length > MOST_BUTTONS;

function offsetText(minutes) {
  const away = Math.abs(minutes);
  const two = (number) => String(number).padStart(2, "0");
  return `${minutes < 0 ? "-" : "+"}${two(Math.floor(away / 60))}:${two(away % 60)}`;
}

// How the browser's own fields write a value, and how it is stored.
const WIDGETS = {
  int: { inputmode: "numeric" },
  decimal: { inputmode: "decimal" },
  date: { type: "date" },
  time: { type: "time", shown: (value) => value.slice(0, 5), stored: (text, session) => `${text}:00.000${offsetText(session.offset)}` },
  dateTime: {
    type: "datetime-local",
    shown: (value) => value.slice(0, 16),
    stored: (text, session) => `${text}:00.000${offsetText(session.offset)}`,
  },
};

// A choice is two elements and no more: a page has hundreds of them. Copies of many at once are quicker than one by one.
const CHOICE = { radio: choice("radio"), checkbox: choice("checkbox") };

function choice(kind) {
  const copies = [];
  return { copies, make: () => [element("input", { class: "filling-choice", type: kind }), element("label", { class: "filling-choice__label" })] };
}

function copiesOf({ copies, make }, many) {
  if (!copies[many]) {
    copies[many] = document.createDocumentFragment();
    for (let left = many; left; left -= 1) copies[many].append(...make());
  }
  return copies[many].cloneNode(true);
}

// Choices as large buttons: radio buttons for one, checkboxes for several.
function buttons(question, kind, given) {
  const { session, control, instance, id } = question;
  const box = given ?? element("div", { class: "filling-choices" });
  let offered = [];
  let inputs = given ? [...given.querySelectorAll("input")] : [];
  const draw = (choices) => {
    offered = choices;
    inputs = [];
    const pairs = copiesOf(CHOICE[kind], choices.length);
    let next = pairs.firstChild;
    choices.forEach(({ value, label }, index) => {
      const input = next;
      const told = input.nextSibling;
      next = told.nextSibling;
      input.name = id;
      input.id = told.htmlFor = `${id}-${index}`;
      input.value = value;
      told.append(label);
      inputs.push(input);
    });
    box.replaceChildren(pairs);
  };
  const chosen = () => inputs.filter((input) => input.checked).map((input) => input.value).join(" ");
  const isFixed = !control.itemset;
  if (!given) draw(choicesOf(session, control, instance));
  return {
    parts: [box],
    inputs: () => inputs,
    require: (isRequired) => kind === "radio" && (isRequired ? box.setAttribute("data-required", "") : box.removeAttribute("data-required")),
    show() {
      if (!isFixed) {
        const now = choicesOf(session, control, instance);
        const isSame = now.length === offered.length && now.every((each, at) => each.value === offered[at].value && each.label === offered[at].label);
        if (!isSame) draw(now);
      }
      const stored = kind === "radio" ? [instance.value] : words(instance.value);
      for (const input of inputs) {
        const isChosen = stored.includes(input.value);
        if (input.checked !== isChosen) input.checked = isChosen;
      }
    },
    chosen,
    answered: () => question.set(chosen()),
  };
}

// A choice from a long list.
function list(question) {
  const { session, control, instance, id, view } = question;
  const select = element("select", { class: "filling-field", id: `${id}-field` });
  let known = "";
  return {
    parts: [select],
    described: select,
    inputs: () => [select],
    require: (isRequired) => (select.ariaRequired = String(isRequired)),
    show() {
      const choices = choicesOf(session, control, instance);
      const told = JSON.stringify(choices);
      if (told !== known) {
        known = told;
        select.replaceChildren(new Option(view.words.choose, ""), ...choices.map(({ value, label }) => new Option(label, value)));
      }
      if (select.value !== instance.value) select.value = instance.value;
    },
    answered: () => question.set(select.value),
  };
}

function one(question, given) {
  return isList(question) ? list(question) : buttons(question, "radio", given);
}
one.isSet = (question) => !isList(question);

function many(question, given) {
  return buttons(question, "checkbox", given);
}
many.isSet = () => true;

// An order: each choice with buttons that move it.
function rank(question) {
  const { session, control, instance, view } = question;
  const box = element("ol", { class: "filling-rank" });
  const order = () => {
    const choices = choicesOf(session, control, instance);
    const ranked = words(instance.value).map((value) => choices.find((each) => each.value === value)).filter(Boolean);
    return [...ranked, ...choices.filter((each) => !ranked.includes(each))];
  };
  return {
    parts: [box],
    inputs: () => [...box.querySelectorAll("button")],
    show() {
      box.replaceChildren(
        ...order().map(({ value, label }, place) => {
          const item = element("li", {}, label);
          for (const [by, sign, name] of [[-1, "↑", "up"], [1, "↓", "down"]]) {
            const button = element("button", { type: "button", class: "filling-button", "data-value": value, "data-by": by, "data-place": place }, sign);
            button.ariaLabel = fill(view.words[name], { label });
            item.append(button);
          }
          return item;
        }),
      );
    },
    clicked(event) {
      const button = event.target.closest("button[data-by]");
      if (!button) return;
      const values = order().map((each) => each.value);
      const from = Number(button.dataset.place);
      const to = from + Number(button.dataset.by);
      if (to >= 0 && to < values.length) [values[from], values[to]] = [values[to], values[from]];
      question.set(values.join(" "));
      box.querySelector(`[data-value="${CSS.escape(button.dataset.value)}"][data-by="${button.dataset.by}"]`)?.focus();
    },
  };
}
rank.isSet = () => true;

// What is written: texts, numbers, dates, times, places.
function input(question) {
  const { instance, session, control, id, type, view } = question;
  const widget = WIDGETS[type] ?? {};
  const isLong = type === "string" && (/multiline/.test(control.appearance ?? "") || control.attributes?.rows);
  const field = isLong
    ? element("textarea", { class: "filling-field filling-field--long", id: `${id}-field`, rows: control.attributes?.rows ?? 3 })
    : element("input", { class: "filling-field", id: `${id}-field`, type: widget.type ?? "text", inputmode: widget.inputmode, autocomplete: "off" });
  const shownText = () => (widget.shown ? widget.shown(instance.value) : instance.value);
  const read = () => {
    const text = field.value;
    // A field of the browser gives "" for what it cannot read, and says so.
    const typed = field.validity?.badInput ? "?" : text;
    question.set(text !== "" && widget.stored ? widget.stored(text, session) : text, typed);
  };
  const parts = [field];
  if (type === "geopoint") parts.push(positionButton(question));
  return {
    parts,
    described: field,
    inputs: () => [field],
    shown: () => field.value,
    require: (isRequired) => (field.ariaRequired = String(isRequired)),
    show() {
      const isWriting = document.activeElement === field;
      const isUnread = instance.base === "" && field.value !== "" && question.lastSet !== undefined && question.lastSet !== "";
      if (!isWriting && !isUnread && field.value !== shownText()) field.value = shownText();
    },
    answered: read,
    typed: widget.type ? undefined : read,
  };

  function positionButton(of) {
    const button = element("button", { type: "button", class: "filling-button filling-position" }, view.words.position);
    button.addEventListener("click", () => {
      if (!navigator.geolocation) {
        of.say(view.words.positionFailed);
        return;
      }
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => of.set(`${coords.latitude} ${coords.longitude} ${coords.altitude ?? 0} ${coords.accuracy ?? 0}`),
        () => of.say(view.words.positionFailed),
        { enableHighAccuracy: true, timeout: 20_000 },
      );
    });
    return button;
  }
}

function range(question) {
  const { instance, control, id } = question;
  const { start, end, step } = control.attributes ?? {};
  const field = element("input", { class: "filling-slider", type: "range", id: `${id}-field`, min: Math.min(start, end), max: Math.max(start, end), step: Math.abs(step) || "any" });
  const told = element("output", { for: field.id, class: "filling-range" });
  return {
    parts: [field, told],
    described: field,
    inputs: () => [field],
    show() {
      told.textContent = instance.value;
      if (instance.value !== "") field.value = instance.value;
    },
    answered: () => question.set(field.value),
  };
}

function trigger(question) {
  const { instance, id, view } = question;
  const field = element("input", { class: "filling-choice", type: "checkbox", id: `${id}-0` });
  const item = element("div", { class: "filling-choices" });
  item.append(field, element("label", { class: "filling-choice__label", for: field.id }, view.words.done));
  return {
    parts: [item],
    inputs: () => [field],
    show: () => (field.checked = instance.value !== ""),
    answered: () => question.set(field.checked ? "OK" : ""),
  };
}
trigger.isSet = () => true;

// A file: by the camera where there is one.
function upload(question) {
  const { instance, session, control, id, view } = question;
  const accept = control.attributes?.mediatype ?? null;
  const field = element("input", { class: "filling-file", type: "file", id: `${id}-field`, accept, capture: accept?.startsWith("image") ? "environment" : null });
  const kept = element("p", { class: "filling-photo", role: "status" });
  let preview = null;
  return {
    parts: [field, kept],
    described: field,
    inputs: () => [field],
    show: () => (kept.textContent = instance.value ? fill(view.words.photoKept, { name: instance.value }) : ""),
    async answered() {
      const [file] = field.files;
      if (!file) return;
      try {
        const name = await view.onPhoto(session.path(instance), file);
        question.set(name);
        preview?.remove();
        if (file.type.startsWith("image/")) {
          preview = element("img", { class: "filling-photo__picture", alt: "", src: URL.createObjectURL(file) });
          preview.addEventListener("load", () => URL.revokeObjectURL(preview.src), { once: true });
          kept.after(preview);
        }
      } catch (error) {
        question.say(fill(view.words.photoFailed, { reason: error.message }));
      }
    },
  };
}

// What is only told: a note, or a value that is computed.
function note(question) {
  const { instance } = question;
  const told = element("output", { class: "filling-note" });
  return { parts: [told], show: () => (told.textContent = instance?.value ?? "") };
}

export const CHOICES = { select1: one, select: many, rank };
export const FIELDS = { input, range, trigger, upload, note };
