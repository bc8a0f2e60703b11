// What is said to a person, in the session's language: labels, hints, messages, names of choices.
import { Environment } from "./closures.js";
import { Instance } from "./tree.js";

/** The session's language, or the form's first. */
export function languageOf(session) {
  const languages = session.program.form.languages ?? [""];
  return languages.includes(session.language) ? session.language : languages[0];
}

const wordingOf = (session, text) => text?.[languageOf(session)] ?? text?.[""] ?? "";

/** A text in the session's language with its expressions evaluated, `node` being their context. */
export function say(session, text, node) {
  const env = new Environment(session, node);
  return session.program.pieces(wordingOf(session, text)).map((piece) => (typeof piece === "string" ? piece : piece(node, env))).join("");
}

/** Whether what `say` gives depends on answers. */
export const isLively = (session, text) => session.program.pieces(wordingOf(session, text)).some((piece) => typeof piece !== "string");

/** The address of an image, audio or video of a text; undefined where there is none. */
export function mediaOf(session, text, kind) {
  const wording = wordingOf(session, text);
  return typeof wording === "string" ? undefined : wording[kind];
}

/** The choices of a control as they are offered at an instance: [{value, label, text, node}]. */
export function choicesOf(session, control, instance) {
  if (!control.itemset) {
    return (control.items ?? []).map((item) => ({ value: item.value, label: say(session, item.label, instance) || item.value }));
  }
  const facet = session.program.facets[session.program.facetAt[instance.node].items];
  const env = new Environment(session, instance);
  return facet.evaluate(instance, env).map((node) => {
    const value = facet.value(node, env);
    return { value, label: say(session, control.itemset.label, node) || value };
  });
}

/** The label of the choice `value` of a node; "" where it is none. */
export function choiceName(session, instance, value) {
  const number = instance instanceof Instance ? session.program.layout.nodes[instance.node].control : undefined;
  if (number === undefined) return "";
  return choicesOf(session, session.program.controls[number], instance).find((choice) => choice.value === value)?.label ?? "";
}
