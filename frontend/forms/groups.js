// Groups and repeats of a form in a page.
import { element, fill } from "./markup.js";
import { placed } from "./placing.js";
import { updateShown } from "./shown.js";

/** Groups: children in order, each in the page only while it is relevant. */
export class Group {
  constructor(view, control, around) {
    this.view = view;
    this.control = control;
    this.around = around;
    this.id = view.idOf(control, around);
    const { layout } = view.session.program;
    // pyxform puts a group with the label around a repeat, both of one node: the group is as relevant as what is around.
    const isOwn = control.node !== undefined && layout.kinds[control.node] !== "repeat";
    this.instance = isOwn ? placed(view, around, control.node) : null;
    this.made = null;
    if (this.instance) view.watch(this.instance, this);
  }

  /** What is in it; made when it is first wanted, which is late for most of a long form. */
  get children() {
    if (!this.made) {
      this.made = (this.control.children ?? []).map((child) => this.view.make(child, this.around));
      for (const child of this.made) child.above = this;
    }
    return this.made;
  }

  get isLive() {
    if (this.instance) return this.instance.live;
    return this.around.live;
  }

  get isSettled() {
    return !this.instance || this.view.session.isSettled(this.instance);
  }

  build() {
    const { label } = this.control;
    this.element = this.view.given.take(this.id);
    const isGiven = Boolean(this.element);
    this.element ??= element(label ? "fieldset" : "div", { class: "filling-group", "data-group": this.id });
    if (label) {
      const legend = isGiven ? this.element.firstElementChild : element("legend", { class: "filling-legend" });
      // Not in the fieldset itself: browsers lay out all of a fieldset anew when a child comes.
      this.list = isGiven ? this.element.lastElementChild : element("div");
      if (!isGiven) this.element.append(legend, this.list);
      this.view.sayIn(legend, label, this.instance ?? this.around);
    } else {
      this.list = this.element;
    }
    for (const child of this.children) {
      if (this.isGradual) child.isWaiting = true;
      else child.update();
    }
    this.view.onBuilt(this);
    return this.element;
  }

  /** Build what is inside, part by part and each once it is evaluated; can pause between. */
  *filling() {
    for (const child of this.children) {
      while (!child.isSettled) {
        let left = 1;
        this.view.session.advance(() => !left--);
        yield;
      }
      child.isWaiting = false;
      child.isGradual = child instanceof Group;
      child.update();
      if (child.isGradual && child.element) yield* child.filling();
      child.isGradual = false;
      yield;
    }
  }

  /** Put a child where it belongs, behind the one before it that is in the page. */
  insert(child) {
    let at = this.children.indexOf(child) - 1;
    while (at >= 0 && !this.children[at].element) at -= 1;
    const before = this.children[at]?.element;
    // What the page came with is there already.
    if (child.element.parentNode === this.list) return;
    if (before) before.after(child.element);
    else this.list.prepend(child.element);
  }

  update() {
    updateShown(this);
  }

  forget() {
    if (this.instance) this.view.unwatch(this.instance, this);
    for (const child of this.made ?? []) child.forget();
  }
}

/** All instances of a repeat, each a group with a button that removes it, and one that adds. */
export class Repeat {
  constructor(view, control, around) {
    this.view = view;
    this.control = control;
    this.around = around;
    const { layout } = view.session.program;
    const parent = layout.parents[control.node];
    this.parent = parent === around.node ? around : placed(view, around, parent);
    this.isCounted = view.session.isCounted(control.node);
    this.groups = new Map();
    view.watch(this.parent, this);
  }

  get isLive() {
    return this.parent.live;
  }

  // How many instances there are, and what is in them, is known at the end of the beginning.
  get isSettled() {
    return !this.view.session.rest;
  }

  build() {
    this.element = element("div", { class: "filling-repeat" });
    this.list = element("div", { class: "filling-repeat__list" });
    this.element.append(this.list);
    if (!this.isCounted) {
      const add = element("button", { type: "button", class: "filling-button filling-repeat__add" }, this.view.words.add);
      add.addEventListener("click", () => this.add());
      this.element.append(add);
    }
    this.sync();
    return this.element;
  }

  add() {
    const path = `${this.view.session.path(this.parent)}/${this.view.session.program.layout.names[this.control.node]}`;
    this.view.act({ add: path });
    this.list.lastElementChild?.querySelector("input, select, textarea, button")?.focus();
  }

  remove(instance) {
    const index = this.parent.of(this.control.node).indexOf(instance);
    this.view.act({ remove: this.view.session.path(instance) });
    const next = this.list.children[Math.min(index, this.list.children.length - 1)];
    (next?.querySelector("input, select, textarea, button") ?? this.element.querySelector(".filling-repeat__add"))?.focus();
  }

  /** Bring the groups in line with the instances. */
  sync() {
    const instances = this.parent.of(this.control.node);
    for (const [instance, group] of this.groups) {
      if (instances.includes(instance)) continue;
      group.item.remove();
      group.forget();
      this.groups.delete(instance);
    }
    instances.forEach((instance, index) => {
      let group = this.groups.get(instance);
      if (!group) {
        group = new Group(this.view, { children: this.control.children }, instance);
        group.item = element("div", { class: "filling-repeat__item", role: "group" });
        group.heading = element("div", { class: "filling-repeat__heading", id: this.view.nextId() });
        group.item.setAttribute("aria-labelledby", group.heading.id);
        group.item.append(group.heading, group.build());
        if (!this.isCounted) group.item.append(this.removeButton(instance, group));
        this.groups.set(instance, group);
      }
      group.heading.textContent = fill(this.view.words.number, { number: index + 1 });
      group.item.hidden = !instance.live;
      if (this.list.children[index] !== group.item) this.list.insertBefore(group.item, this.list.children[index] ?? null);
    });
  }

  removeButton(instance, group) {
    const remove = element("button", { type: "button", class: "filling-button filling-button--plain" }, this.view.words.remove);
    remove.setAttribute("aria-describedby", group.heading.id);
    remove.addEventListener("click", () => this.remove(instance));
    return remove;
  }

  update() {
    updateShown(this);
    if (this.element && this.isLive) this.sync();
  }

  forget() {
    this.view.unwatch(this.parent, this);
    for (const group of this.groups.values()) group.forget();
  }
}
