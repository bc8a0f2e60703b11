// The end of a walk: what is open, what fails, and handing in, with or without a network.
import { element, fill } from "../forms/markup.js";

export class HandingIn {
  /**
   * `page` has the parts; `check` gives the questions that keep the form from being finished; `submit` keeps the end in
   * the journal; `lock` closes the form and opens it again.
   */
  constructor({ page, zones, items, words, check, submit, lock }) {
    Object.assign(this, { page, zones, items, words, check, submit, lock });
    this.end = page?.querySelector("[data-walk-end]");
    if (!this.end) return;
    this.end.hidden = false;
    this.part("hand-in").addEventListener("click", () => this.ask(true));
    this.part("back").addEventListener("click", () => this.ask(false));
    this.part("again").addEventListener("click", () => this.reopen());
    this.part("submit").addEventListener("click", () => this.handIn());
  }

  part(name) {
    return this.end.querySelector(`[data-walk-${name}]`);
  }

  /** Say what is open and what fails. */
  refresh() {
    if (!this.end || !this.zones.progress) return;
    const { all, done } = this.zones.progress;
    const failing = this.items.rated.filter((item) => this.items.isFailing(item)).length;
    // A form that rates nothing has nothing to count.
    const words = all ? [fill(this.words.sum, { done, all, failing })] : [];
    if (done < all) words.push(fill(this.words.open, { count: all - done }));
    this.part("sum").textContent = words.join(" ");
  }

  /** Name what is not allowed or is missing, each with a way there; gives whether there is nothing of it. */
  isFinished() {
    const wrong = this.check();
    const box = this.part("wrong");
    box.hidden = !wrong.length;
    box.firstElementChild.textContent = fill(this.words.unfinished, { count: wrong.length });
    box.lastElementChild.replaceChildren(
      ...wrong.map((question) => {
        const way = element("button", { type: "button", class: "walk-link" }, `${question.label.firstChild.textContent.trim()} · ${question.problem}`);
        way.addEventListener("click", () => {
          question.element.scrollIntoView({ block: "center" });
          question.focus();
        });
        const line = element("li");
        line.append(way);
        return line;
      }),
    );
    return !wrong.length;
  }

  ask(isAsking) {
    if (isAsking && !this.isFinished()) {
      this.part("wrong").focus();
      return;
    }
    this.part("hand-in").parentElement.hidden = isAsking;
    this.part("sure").hidden = !isAsking;
    (isAsking ? this.part("submit") : this.part("hand-in")).focus();
  }

  async handIn() {
    // Something may have been changed since it was asked.
    if (!this.isFinished()) {
      this.ask(false);
      this.part("wrong").focus();
      return;
    }
    if (!(await this.submit())) return;
    this.tell(this.words.handedIn);
    this.part("again").focus();
  }

  /** The end is in the journal: nothing is changed by mistake any more. */
  tell(text) {
    if (!this.end) return;
    this.lock(true);
    this.part("hand-in").parentElement.hidden = true;
    this.part("sure").hidden = true;
    this.part("sent").hidden = false;
    this.part("sent-text").textContent = text;
  }

  reopen() {
    this.lock(false);
    this.part("sent").hidden = true;
    this.ask(false);
  }

  /** What the server says of a walk that was handed in here: done, or why not yet. */
  answered({ is_submitted: isDone, problem, late, differences }) {
    if (!this.end) return;
    this.part("decide").hidden = isDone || !differences;
    if (isDone) {
      this.tell(late ? fill(this.words.late, { count: late }) : this.words.isIn);
      this.part("again").hidden = true;
      this.part("done").hidden = false;
    } else if (problem) {
      this.tell(problem);
    }
  }
}
