// The first questions as the page came with them: they are used before any script runs, and taken over as they are.

/** What an element holds of a form, by the ids of groups and questions. Nothing, where it is in another language. */
export class Given {
  constructor(root, language) {
    this.root = root.firstElementChild;
    this.parts = new Map();
    const isOurs = this.root?.dataset.language === language;
    for (const part of isOurs ? root.querySelectorAll("[data-group], [data-question]") : []) {
      this.parts.set(part.dataset.group ?? part.dataset.question, part);
    }
  }

  get isEmpty() {
    return this.parts.size === 0;
  }

  /** The element of a part, once; undefined where the page came without it. */
  take(id) {
    const part = this.parts.get(id);
    this.parts.delete(id);
    return part;
  }

  /** Remove what nobody wanted: the form has changed since, or another answer hides it. */
  drop() {
    for (const part of this.parts.values()) part.remove();
    this.parts.clear();
  }
}
