// Photographs of a walk and their pins on the site's plan: one tap each.
import { element } from "../forms/markup.js";

const MOST_BYTES = 25 * 2 ** 20;
const startsWith = (bytes, at, text) => [...text].every((letter, index) => bytes[at + index] === letter.charCodeAt(0));
// What the server takes, told from the first bytes as it does: a photo that it refused would hold up all that follows.
const KINDS = [
  ["image/jpeg", (b) => b[0] === 0xff && b[1] === 0xd8 && b[2] === 0xff],
  ["image/png", (b) => b[0] === 0x89 && startsWith(b, 1, "PNG\r\n\x1a\n")],
  ["image/gif", (b) => startsWith(b, 0, "GIF87a") || startsWith(b, 0, "GIF89a")],
  ["image/webp", (b) => startsWith(b, 8, "WEBP")],
  ["image/heic", (b) => startsWith(b, 4, "ftypheic") || startsWith(b, 4, "ftypmif1")],
];

/** The type of a picture by its bytes. Throws an Error with words for a person where it is none that can be kept. */
export function pictureType(content, words) {
  const found = KINDS.find(([, is]) => is(new Uint8Array(content.slice(0, 16))));
  if (!found) throw new Error(words.noPicture);
  if (content.byteLength > MOST_BYTES) throw new Error(words.tooLarge);
  return found[0];
}

/** The field of a photograph: its label is the button, and what was taken is shown. `photoOf` gives its bytes by hash. */
export function photoField(question, photoOf) {
  const { instance, session, control, id, view } = question;
  const accept = control.attributes?.mediatype ?? "image/*";
  const input = element("input", { class: "walk-file", type: "file", id: `${id}-field`, accept, capture: "environment" });
  const shown = element("div", { class: "walk-shown", role: "status" });
  let told = "";
  const show = async () => {
    const name = instance.value;
    question.element?.classList.toggle("has-photo", name !== "");
    if (name === told) return;
    told = name;
    if (!name) {
      shown.replaceChildren();
      return;
    }
    const kept = await photoOf(name.split(".")[0]);
    if (told !== name) return;
    if (!kept?.content) {
      shown.textContent = view.words.photoKeptShort;
      return;
    }
    const picture = element("img", { alt: view.words.photoKeptShort, src: URL.createObjectURL(new Blob([kept.content], { type: kept.type })) });
    picture.addEventListener("load", () => URL.revokeObjectURL(picture.src), { once: true });
    shown.replaceChildren(picture);
  };
  return {
    parts: [input, shown],
    described: input,
    inputs: () => [input],
    show,
    async answered() {
      const [file] = input.files;
      if (!file) return;
      try {
        question.set(await view.onPhoto(session.path(instance), file));
      } catch (error) {
        question.say(view.words.photoFailed.replace("{reason}", error.message));
      }
      input.value = "";
    },
  };
}

/** The field of a pin: a tap on the plan. By keyboard its two shares are written. */
export function pinField(question, plan) {
  const { instance, id, view } = question;
  const text = element("input", { class: "walk-pin-text", id: `${id}-field`, type: "text", inputmode: "decimal", autocomplete: "off", placeholder: view.words.pinExample });
  const figure = element("div", { class: "site-plan walk-plan" });
  const picture = element("img", { src: plan, alt: view.words.plan, loading: "lazy" });
  const pin = element("span", { class: "site-plan-pin", hidden: "" });
  figure.append(picture, pin);
  const share = (number) => String(Math.min(1, Math.max(0, Number(number.toFixed(4)))));
  return {
    parts: [figure, text],
    described: text,
    inputs: () => [text],
    show() {
      if (document.activeElement !== text) text.value = instance.value;
      const [across, down] = instance.value.split(" ").map(Number);
      pin.hidden = !(across >= 0 && down >= 0);
      pin.style.left = `${across * 100}%`;
      pin.style.top = `${down * 100}%`;
    },
    answered: (event) => event.target === text && question.set(text.value.trim()),
    clicked(event) {
      if (event.target !== picture) return;
      const frame = picture.getBoundingClientRect();
      question.set(`${share((event.clientX - frame.left) / frame.width)} ${share((event.clientY - frame.top) / frame.height)}`);
    },
  };
}
