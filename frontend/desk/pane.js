// The case beside the queue, or on a page of its own: answers are sent and their result put in without a new page.
export function startPane(desk, onSwap) {
  const pane = desk.querySelector("[data-pane]");
  // Beside the queue the page has its heading already; alone the case is the heading.
  const HEADER = { "X-Desk": desk.querySelector("[data-rows]") ? "beside" : "alone" };
  let refreshing = 0;

  const article = () => pane.querySelector("[data-case]");

  function kept() {
    const values = new Map();
    for (const field of pane.querySelectorAll("input[id], select[id], textarea[id]")) {
      if (field.type === "checkbox" || field.type === "radio") {
        if (field.checked) values.set(field.id, true);
      } else if (field.value && field.type !== "hidden" && field.tagName !== "SELECT") values.set(field.id, field.value);
    }
    const open = [...pane.querySelectorAll("details")].map((details) => details.open);
    return { values, open, focus: document.activeElement?.id, top: pane.scrollTop };
  }

  function restore(was) {
    for (const [id, value] of was.values) {
      const field = document.getElementById(id);
      if (!field || !pane.contains(field)) continue;
      if (value === true) field.checked = true;
      else field.value = value;
    }
    const now = [...pane.querySelectorAll("details")];
    if (now.length === was.open.length) now.forEach((details, index) => (details.open = was.open[index]));
    if (was.focus && pane.querySelector(`#${CSS.escape(was.focus)}`)) document.getElementById(was.focus).focus();
  }

  function put(html, { keep = false } = {}) {
    const was = keep ? kept() : null;
    const hadFocus = pane.contains(document.activeElement);
    pane.innerHTML = html;
    if (was) restore(was);
    const refusal = pane.querySelector("[data-refusal]");
    if (refusal && !keep) refusal.focus();
    else if (hadFocus && !pane.contains(document.activeElement)) article()?.focus({ preventScroll: true });
    onSwap(article());
  }

  async function ask(url) {
    const answer = await fetch(url, { headers: HEADER, redirect: "manual", cache: "no-store" });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.text();
  }

  async function open(url) {
    try {
      put(await ask(url));
    } catch {
      location.assign(url);
    }
  }

  // What others did to the case that is open here. What is being typed stays.
  function changed(at) {
    const shown = article();
    if (!shown || Number(shown.dataset.entry) >= at) return;
    clearTimeout(refreshing);
    refreshing = setTimeout(async () => {
      try {
        const html = await ask(`/alarms/cases/${encodeURIComponent(shown.dataset.caseNumber)}/`);
        if (article() === shown) put(html, { keep: true });
      } catch {
        // The line in the queue says so already; the next change tries again.
      }
    }, 150);
  }

  pane.addEventListener("submit", async (event) => {
    const form = event.target.closest("form[data-answer]");
    if (!form) return;
    event.preventDefault();
    if (form.dataset.sending) return;
    form.dataset.sending = "yes";
    const body = new URLSearchParams(new FormData(form, event.submitter));
    try {
      const answer = await fetch(form.action, { method: "POST", body, headers: HEADER, redirect: "manual" });
      if (![200, 409, 422].includes(answer.status)) throw new Error(String(answer.status));
      put(await answer.text());
    } catch {
      // As a browser without scripts would: it then says itself what is wrong.
      const hidden = document.createElement("input");
      if (event.submitter?.name) {
        Object.assign(hidden, { type: "hidden", name: event.submitter.name, value: event.submitter.value });
        form.append(hidden);
      }
      form.submit();
    }
  });

  return { open, changed, article, element: pane };
}
