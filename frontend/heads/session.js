// One session on the page: its buttons and numbers, and in words what is kept, received or refused of it.
import { element, fill } from "../forms/markup.js";
import { problemOf, stepped, typed } from "./numbers.js";

const wordsOf = ({ attended, adults, minutes }, words, hasParents) => {
  const said = [fill(words.young, { count: attended }), fill(words.minutes, { count: minutes })];
  if (hasParents || adults !== null) said.splice(1, 0, fill(words.parents, { count: adults }));
  return said.join(", ");
};
const hour = (moment) => new Date(moment).toLocaleTimeString([], { hour: "numeric", minute: "2-digit" });

/** What stands of a session that its counts do not say: what is counted, and the last count that holds here. */
export function standingOf(session, { tallies, counts }) {
  const own = counts.filter((count) => count.session === session);
  return { tally: tallies.find((one) => one.session === session) ?? null, last: own.at(-1) ?? null };
}

export class SessionView {
  /** `act` does what its user asks: tally, save, decide, giveUp, tryAgain; `address` is that of the session's page. */
  constructor(place, { words, act, address }) {
    Object.assign(this, { place, words, act, address });
    this.id = Number(place.dataset.session);
    this.hasParents = "parents" in place.dataset;
    this.fields = Object.fromEntries([...place.querySelectorAll("[data-number]")].map((field) => [field.dataset.number, field]));
    this.wrong = place.querySelector("[data-wrong]");
    this.saveButton = place.querySelector("[data-save]");
    this.said = place.querySelector("[data-said]");
    this.about = { title: place.querySelector("[data-title]").textContent.trim(), when: place.querySelector("[data-when]").textContent.trim(), hasParents: this.hasParents };
    for (const button of place.querySelectorAll("[data-step]")) {
      button.addEventListener("click", () => {
        const field = this.fields[button.dataset.for];
        field.value = stepped(typed(field.value), Number(button.dataset.step));
        this.counted();
      });
    }
    for (const field of Object.values(this.fields)) field.addEventListener("input", () => this.counted());
    this.saveButton.addEventListener("click", () => this.save());
  }

  numbers() {
    const { attended, adults, minutes } = this.fields;
    return { attended: typed(attended.value), adults: adults ? typed(adults.value) : null, minutes: typed(minutes.value) };
  }

  counted() {
    this.tell("");
    const whole = (number) => (Number.isInteger(number) ? number : null);
    const kept = Object.fromEntries(Object.entries(this.numbers()).map(([name, number]) => [name, whole(number)]));
    this.act.tally(this, kept);
  }

  save() {
    const numbers = this.numbers();
    const problem = problemOf(numbers, this);
    this.tell(problem ? this.words[problem.word] : "", problem && this.fields[problem.name]);
    if (problem) this.fields[problem.name].focus();
    else this.act.save(this, numbers);
  }

  /** Say what is wrong, beside the number that it is about. */
  tell(text, field) {
    this.wrong.hidden = !text;
    this.wrong.textContent = text;
    for (const each of Object.values(this.fields)) {
      const about = each === field ? { "aria-invalid": "true", "aria-describedby": this.wrong.id } : {};
      for (const name of ["aria-invalid", "aria-describedby"]) {
        if (name in about) each.setAttribute(name, about[name]);
        else each.removeAttribute(name);
      }
    }
  }

  /** Show the numbers that are kept. */
  fillIn({ tally, last }) {
    // Of what its user has given up, the count that holds instead; or none.
    const shown = tally ?? (last?.state === "aside" ? last.refusal?.standing : last) ?? { minutes: Number(this.place.dataset.minutes) };
    for (const [name, field] of Object.entries(this.fields)) field.value = shown[name] ?? "";
  }

  ready() {
    this.place.querySelector("fieldset").disabled = false;
  }

  refresh(standing) {
    const holds = standing.last && standing.last.state !== "aside";
    this.saveButton.textContent = holds ? this.words.correct : this.words.save;
    this.saveButton.hidden = Boolean(holds && !standing.tally);
    tellStanding(this.said, standing, { id: this.id, words: this.words, act: this.act, address: this.address });
  }
}

/** Write into a place what became of a session's counts, with the buttons that mend it. */
export function tellStanding(place, { tally, last }, { id, words, act, address }) {
  const state = tally ? "tally" : (last?.state ?? "");
  const key = JSON.stringify([state, last?.id, last?.refusal, last?.receivedAt]);
  // Nothing is built anew while it is read or tapped.
  if (place.dataset.key === key) return;
  place.dataset.key = key;
  place.dataset.said = last?.refusal ? "refused" : state;
  const parts = [];
  if (tally) parts.push(line(words.tally));
  if (last) parts.push(...(last.refusal?.standing && last.state === "refused" ? difference(last, { id, words, act }) : told(last, { id, words, act, address })));
  place.replaceChildren(...parts);
}

const line = (text) => element("p", { role: "status" }, text);

function button(text, act, kind = "usa-button--outline") {
  const made = element("button", { type: "button", class: `usa-button ${kind}` }, text);
  made.addEventListener("click", act);
  return made;
}

function told(count, { id, words, act, address }) {
  const numbers = wordsOf(count, words, count.about.hasParents);
  if (count.state === "waiting") return [line(fill(words.kept, { numbers }))];
  if (count.state === "taken") return [line(fill(words.taken, { numbers, time: hour(count.receivedAt) }))];
  if (count.state === "aside") return count.refusal?.standing ? [line(fill(words.aside, { numbers }))] : [];
  const parts = [line(fill(words.notTaken, { numbers, text: count.refusal.text })), button(words.again, () => act.tryAgain(id))];
  if (["cancelled", "early"].includes(count.refusal.code)) parts.push(element("a", { href: address(id) }, words.session));
  parts.push(givingUp(words, () => act.giveUp(id)));
  return parts;
}

function difference(count, { id, words, act }) {
  const { standing } = count.refusal;
  const [mine, other] = [count, standing].map((each) => wordsOf(each, words, count.about.hasParents));
  const asked = line(fill(words.differs, { mine, other, name: standing.by_name }));
  const choices = element("div", { class: "heads-choices" });
  choices.append(
    button(fill(words.mine, { count: count.attended }), () => act.decide(id, true), ""),
    button(fill(words.theirs, { count: standing.attended }), () => act.decide(id, false)),
  );
  return [asked, choices];
}

/** A button that asks once more before something is erased. */
export function givingUp(words, giveUp) {
  const place = element("div", { class: "heads-give-up" });
  const ask = () => {
    place.replaceChildren(line(words.sure), button(words.yes, giveUp), button(words.no, offer));
    place.querySelector("button").focus();
  };
  const offer = () => place.replaceChildren(button(words.giveUp, ask, "usa-button--unstyled"));
  offer();
  return place;
}
