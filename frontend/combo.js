// Choices that are searched by typing (USWDS's combo box), made safe for forms that hold something already.
//
// By itself the box comes up blank whatever the select held, and what is typed in full but not clicked is thrown
// away when the focus leaves. Either would save something else than what the person saw.
import comboBox from "@uswds/uswds/js/usa-combo-box";

const BOX = ".usa-combo-box";

// What the select holds is what the box shows; the choice of none says what leaving it blank means.
function keepChoices(root) {
  for (const box of root.querySelectorAll(`${BOX}:not([data-enhanced])`)) {
    const select = box.querySelector("select");
    const chosen = select?.selectedOptions[0];
    if (chosen?.value) box.dataset.defaultValue = chosen.value;
    const none = [...(select?.options ?? [])].find((option) => option.value === "");
    if (none) box.dataset.placeholder = none.text;
  }
}

// The options that a text means: the one of just that name, else every one that has the text in it.
function meant(select, text) {
  const wanted = text.trim().toLowerCase();
  const options = [...select.options].filter((option) => option.value);
  const exact = options.filter((option) => option.text.trim().toLowerCase() === wanted);
  return exact.length ? exact : options.filter((option) => option.text.toLowerCase().includes(wanted));
}

function complain(box, input, text) {
  let message = box.parentElement.querySelector(".combo-error");
  if (text && !message) {
    message = document.createElement("span");
    message.className = "usa-error-message combo-error";
    message.id = `${input.id}-combo-error`;
    box.before(message);
  }
  if (message) message.textContent = text;
  if (text) {
    input.setAttribute("aria-invalid", "true");
    input.setAttribute("aria-describedby", message.id);
  } else {
    input.removeAttribute("aria-invalid");
  }
}

// What was typed becomes the choice that it means; what means none, or several, stays and is complained of.
function settle(box) {
  const select = box.querySelector("select");
  const input = box.querySelector("input");
  if (!select || !input) return true;
  const text = input.value.trim();
  const chosen = select.selectedOptions[0];
  if (!text || (chosen?.value && chosen.text === input.value)) {
    complain(box, input, "");
    return true;
  }
  const found = meant(select, text);
  if (found.length !== 1) {
    complain(box, input, found.length ? box.dataset.several : box.dataset.unknown);
    return false;
  }
  complain(box, input, "");
  input.value = found[0].text;
  if (select.value !== found[0].value) {
    select.value = found[0].value;
    select.dispatchEvent(new CustomEvent("change", { bubbles: true }));
  }
  return true;
}

export function start() {
  // Captured, so that it comes before USWDS clears what it does not know.
  document.addEventListener(
    "focusout",
    (event) => {
      const box = event.target.closest?.(BOX);
      if (!box || box.contains(event.relatedTarget)) return;
      if (!settle(box)) {
        event.stopPropagation();
        comboBox.hideList(box);
      }
    },
    true,
  );
  document.addEventListener(
    "keydown",
    (event) => {
      const box = event.key === "Enter" && event.target.matches?.(`${BOX} input`) && event.target.closest(BOX);
      if (box && !settle(box)) {
        event.stopPropagation();
        event.preventDefault();
      }
    },
    true,
  );
  document.addEventListener(
    "submit",
    (event) => {
      const unsettled = [...event.target.querySelectorAll(BOX)].filter((box) => !settle(box));
      if (!unsettled.length) return;
      event.preventDefault();
      event.stopPropagation();
      unsettled[0].querySelector("input").focus();
    },
    true,
  );
  keepChoices(document);
  comboBox.on(document.body);
  document.addEventListener("htmx:after:swap", (event) => {
    const root = event.target instanceof Element ? event.target : document.body;
    keepChoices(root);
    comboBox.init(root);
  });
}
