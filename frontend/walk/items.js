// The items of a walk in the page of its form: what last time said, and what need not be seen until a rating fails.
import { element, fill } from "../forms/markup.js";

const MARK = /^(dne|uto)$/;

/** Whether a rating fails; a mark or none never does. */
export const fails = (value, failsAt) => failsAt !== null && failsAt !== undefined && value !== "" && !MARK.test(value) && Number(value) <= failsAt;

export class Items {
  /** `facts` as the page has them; `act(path, value)` answers; `known` tells what other devices say, once the
   * journal of this one is read. */
  constructor({ facts, session, words, act, keep }) {
    Object.assign(this, { facts, session, words, act, keep, known: null });
    this.items = new Map();
    for (const [path, [code, part]] of Object.entries(facts.places)) {
      const item = this.items.get(code) ?? { code, ...facts.items[code], extras: new Map(), isOpen: facts.is_open ?? false };
      this.items.set(code, item);
      if (part === "rating") Object.assign(item, { path, rating: session.find(path) });
      else item.extras.set(path, session.find(path));
    }
  }

  /** The items that can be rated, in walking order. */
  get rated() {
    return [...this.items.values()].filter((item) => item.rating);
  }

  /** Whether an item is asked: its condition holds. */
  isAsked(item) {
    return item.rating.live;
  }

  isAnswered(item) {
    return item.rating.value !== "";
  }

  isFailing(item) {
    return fails(item.rating.value, item.fails_at);
  }

  /** A question is in the page. */
  built(question) {
    const path = question.instance && this.session.path(question.instance);
    const place = this.facts.places[path];
    if (!place) return;
    const item = this.items.get(place[0]);
    if (place[1] === "rating") this.decorate(item, question);
    else question.element.classList.add("walk-extra", `walk-extra--${place[1]}`);
    (item.elements ??= new Map()).set(path, question.element);
    this.refresh(item);
  }

  decorate(item, question) {
    item.element = question.element;
    item.element.classList.add("walk-rating");
    item.element.id = `item-${item.code}`;
    item.more = element("div", { class: "walk-more" });
    if (item.last !== null && item.last !== undefined) {
      item.lastButton = element("button", { type: "button", class: "walk-link" }, fill(this.words.asLastTime, { label: item.last_label }));
      item.lastButton.addEventListener("click", () => this.act(item.path, item.last));
      item.more.append(item.lastButton);
    }
    if (item.extras.size) {
      item.openButton = element("button", { type: "button", class: "walk-link", "aria-expanded": "false" }, this.words.more);
      item.openButton.addEventListener("click", () => {
        item.isOpen = true;
        this.refresh(item);
        const [first] = [...item.elements.values()].filter((each) => each.classList.contains("walk-extra"));
        first?.querySelector("textarea, input")?.focus();
      });
      item.more.append(item.openButton);
    }
    item.there = element("span", { class: "walk-there" });
    item.more.append(item.there);
    item.differs = element("div", { class: "walk-differs", role: "status" });
    item.element.append(item.more, item.differs);
  }

  /** Bring an item in line with its answers. */
  refresh(item) {
    const isFailing = item.rating && this.isFailing(item);
    const isOpen = item.isOpen || isFailing || [...item.extras.values()].some((each) => each.value !== "");
    for (const [path, shown] of item.elements ?? []) if (path !== item.path) shown.classList.toggle("is-folded", !isOpen);
    if (!item.element) return;
    const elsewhere = Object.entries(item.photos ?? {}).filter(([strand]) => strand !== this.known?.strand);
    const count = this.known ? elsewhere.reduce((sum, [, each]) => sum + each, 0) : 0;
    item.there.textContent = count ? fill(this.words.photosThere, { count }) : "";
    item.element.classList.toggle("is-answered", this.isAnswered(item));
    item.element.classList.toggle("is-failing", isFailing);
    if (item.openButton) item.openButton.hidden = isOpen;
    if (item.lastButton) item.lastButton.hidden = this.isAnswered(item);
    this.tellDifference(item);
  }

  refreshAll() {
    for (const item of this.items.values()) this.refresh(item);
  }

  refreshAt(path) {
    const place = this.facts.places[path];
    if (place) this.refresh(this.items.get(place[0]));
  }

  // Two devices said different things: what holds is said with a tap, and until then nothing is concluded.
  tellDifference(item) {
    const others = this.known?.differing(item.path) ?? [];
    const told = others.map((each) => each.value).join(" ");
    if (item.differs.dataset.told === told) return;
    item.differs.dataset.told = told;
    if (!others.length) {
      item.differs.replaceChildren();
      return;
    }
    const label = (value) => this.labelOf(item, value);
    const choose = (value) => {
      const button = element("button", { type: "button", class: "walk-link" }, fill(this.words.holds, { label: label(value) }));
      button.addEventListener("click", () => {
        if (value === item.rating.value) this.keep(item.path, value);
        else this.act(item.path, value);
        item.element.querySelector("input:checked")?.focus();
      });
      return button;
    };
    const values = [item.rating.value, ...new Set(others.map((each) => each.value))];
    item.differs.replaceChildren(fill(this.words.differs, { label: others.map((each) => label(each.value)).join(", ") }), ...values.map(choose));
  }

  labelOf(item, value) {
    const input = [...item.element.querySelectorAll("input")].find((each) => each.value === value);
    return input ? item.element.querySelector(`label[for="${input.id}"]`).textContent : value;
  }
}
