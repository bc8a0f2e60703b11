// The runtime of compiled forms (docs/reference/compiled-forms.md): filling, evaluation, texts, export.
export { FormRefused, Program } from "./program.js";
export { Session } from "./session.js";
export { StepRefused } from "./steps.js";
export { choicesOf, isLively, languageOf, mediaOf, say } from "./wording.js";
export { deviceNow } from "./moments.js";
export { instanceXml } from "./xml.js";
