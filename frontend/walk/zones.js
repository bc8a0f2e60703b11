// The zones of a walk: how far each is, the way to it, and all of it as last time.
import { element, fill } from "../forms/markup.js";

const QUESTION = "fieldset, .filling-question";

export class Zones {
  /** `items` are the walk's; `place` has the parts of the page that tell of zones. */
  constructor({ form, items, words, page }) {
    Object.assign(this, { form, items, words, page });
    const inside = (number) => {
      const { node, children = [] } = form.controls[number];
      return [...(node === undefined ? [] : [form.nodes[node].path]), ...children.flatMap(inside)];
    };
    this.zones = (form.body ?? [])
      .filter((number) => form.controls[number].label && form.controls[number].children)
      .map((number, index) => {
        const paths = new Set(inside(number));
        return { index, control: form.controls[number], items: items.rated.filter((item) => paths.has(item.path)) };
      })
      .filter((zone) => zone.items.length);
  }

  /** A group is in the page. */
  built(group) {
    const zone = this.zones.find((each) => each.control === group.control);
    if (!zone) return;
    zone.element = group.element;
    zone.element.id = `zone-${zone.index + 1}`;
    zone.element.tabIndex = -1;
    zone.count = element("span", { class: "walk-count" });
    zone.element.querySelector("legend")?.append(" ", zone.count);
    zone.all = element("button", { type: "button", class: "walk-link walk-zone-last" }, this.words.zoneAsLastTime);
    zone.all.addEventListener("click", () => this.asLastTime(zone));
    group.list.before(zone.all);
    this.refresh();
  }

  /** The items of a zone whose condition holds. */
  asked(zone) {
    return zone.items.filter((item) => this.items.isAsked(item));
  }

  repeatable(zone) {
    return this.asked(zone).filter((item) => item.last !== null && item.last !== undefined && !this.items.isAnswered(item));
  }

  asLastTime(zone) {
    for (const item of this.repeatable(zone)) this.items.act(item.path, item.last);
    (this.asked(zone).find((item) => !this.items.isAnswered(item))?.element ?? zone.element)?.querySelector?.("input")?.focus();
  }

  /** Tell how far the walk and each zone is. */
  refresh() {
    // Also what stands in no zone.
    const rated = this.items.rated.filter((item) => this.items.isAsked(item));
    const [all, done] = [rated.length, rated.filter((item) => this.items.isAnswered(item)).length];
    for (const zone of this.zones) {
      const asked = this.asked(zone);
      const answered = asked.filter((item) => this.items.isAnswered(item)).length;
      const told = `${answered}/${asked.length}`;
      if (zone.count && zone.count.textContent !== told) zone.count.textContent = told;
      if (zone.link) zone.link.lastChild.textContent = ` ${told}`;
      if (zone.all) zone.all.hidden = this.repeatable(zone).length < 2;
    }
    this.progress = { all, done };
    const bar = this.page.querySelector("[data-walk-progress]");
    if (!bar) return;
    bar.hidden = !all;
    bar.querySelector("progress").max = Math.max(all, 1);
    bar.querySelector("progress").value = done;
    bar.querySelector("span").textContent = fill(this.words.progress, { done, all });
  }

  /** The list of zones, each a way to its first open item. */
  list(view) {
    const details = this.page.querySelector("[data-walk-zones]");
    if (!details || !this.zones.length) return;
    details.hidden = false;
    details.querySelector("summary").textContent = fill(this.words.zones, { count: this.zones.length });
    for (const zone of this.zones) {
      const link = element("a", { href: `#zone-${zone.index + 1}` }, view.session.program.layout ? this.titleOf(view, zone) : "");
      link.append(element("span", { class: "walk-count" }));
      zone.link = link;
      link.addEventListener("click", (event) => {
        event.preventDefault();
        view.buildAll();
        details.open = false;
        const open = this.asked(zone).find((item) => !this.items.isAnswered(item));
        const target = open === zone.items[0] || !open ? zone.element : open.element;
        target?.scrollIntoView({ block: "start" });
        (target?.matches(QUESTION) ? target.querySelector("input") : target)?.focus({ preventScroll: true });
      });
      const line = element("li");
      line.append(link);
      details.querySelector("ol").append(line);
    }
    this.refresh();
  }

  titleOf(view, zone) {
    const text = Object.values(zone.control.label)[0];
    return typeof text === "string" ? text : fill(this.words.zone, { number: zone.index + 1 });
  }
}
