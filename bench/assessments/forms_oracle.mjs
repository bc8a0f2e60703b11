// Replays filling sessions in ODK's own engine. Lines of JSON in (a file), lines of JSON out (standard output).
//
//   node forms_oracle.mjs ENGINE_DIR SESSIONS.jsonl
//
// Time, chance and ids are fixed, so that two engines can agree about them.
import { createRequire } from "node:module";
import { readFileSync, writeSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [engineDirectory, sessionsFile] = process.argv.slice(2);
const require = createRequire(path.join(engineDirectory, "package.json"));
const { JSDOM } = require("jsdom");
const dom = new JSDOM("<!doctype html>");
globalThis.__dirname = engineDirectory;
for (const name of ["DOMParser", "XMLSerializer", "Node", "Element", "Document", "Text", "Attr", "XPathResult", "File", "Blob", "FormData"]) {
  globalThis[name] ??= dom.window[name];
}
globalThis.window ??= dom.window;
globalThis.document ??= dom.window.document;
let fixed = 0;
const RealDate = Date;
globalThis.Date = class extends RealDate {
  constructor(...given) {
    given.length ? super(...given) : super(fixed);
  }
  static now() {
    return fixed;
  }
};
Math.random = () => 0.5;
Object.defineProperty(globalThis.crypto, "randomUUID", { value: () => "00000000-0000-4000-8000-000000000000" });
// What the engine says of a form is not of interest here.
console.warn = () => {};
console.error = () => {};

const entry = path.join(engineDirectory, "node_modules/@getodk/xforms-engine/dist/index.js");
const { loadForm } = await import(pathToFileURL(entry).href);

// Paths are counted here: the engine's own `reference` is not always up to date when several instances come at once.
function* everything(node, path = `/${node.definition.nodeset.split("/").pop()}`) {
  yield [path, node];
  const children = node.currentState.children ?? [];
  for (const [index, child] of children.entries()) {
    yield* node.nodeType.startsWith("repeat-range")
      ? everything(child, `${path}[${index + 1}]`)
      : everything(child, `${path}/${child.definition.nodeset.split("/").pop()}`);
  }
}

function find(root, wanted) {
  for (const [path, node] of everything(root)) {
    if (path === wanted) return node;
  }
  throw new Error(`no node ${wanted}`);
}

function set(node, value) {
  switch (node.nodeType) {
    case "select":
      return node.selectValues(value === "" ? [] : node.selectType === "select1" ? [value] : value.split(" "));
    case "rank":
      return node.setValues(value === "" ? [] : value.split(" "));
    case "trigger":
      return node.setValue(value === "OK");
    case "upload":
      return node.setValue(value === "" ? null : new File([value], value, { type: "image/png" }));
    case "input":
    case "range":
      return node.setValue(node.nodeType === "range" && value === "" ? null : value);
    default:
      throw new Error(`a ${node.nodeType} cannot be set`);
  }
}

function step(root, one) {
  if ("set" in one) return set(find(root, one.set), one.value);
  if ("add" in one) return find(root, one.add).addInstances();
  const [, repeat, position] = /^(.*)\[(\d+)\]$/.exec(one.remove);
  return find(root, repeat).removeInstances(Number(position) - 1, 1);
}

function told(root) {
  const nodes = {};
  for (const [path, node] of everything(root)) {
    if (node.currentState.children !== null) continue;
    nodes[path.replaceAll(/\/[^/:]+:/g, "/")] = {
      value: node.currentState.instanceValue,
      relevant: node.currentState.relevant,
      valid: node.validationState.violation == null,
    };
  }
  return nodes;
}

for (const line of readFileSync(sessionsFile, "utf8").split("\n")) {
  if (!line.trim()) continue;
  const session = JSON.parse(line);
  const answer = { id: session.id };
  fixed = RealDate.parse(session.now);
  try {
    const started = performance.now();
    const form = await loadForm(session.xform, {
      missingResourceBehavior: "BLANK",
      fetchFormAttachment: async (address) => {
        const content = session.files?.[address.href.split("/").pop()];
        return content === undefined
          ? new Response("", { status: 404 })
          : new Response(content, { headers: { "content-type": address.href.endsWith(".csv") ? "text/csv" : "text/xml" } });
      },
    });
    if (form.status === "failure") throw form.error;
    const root = form.createInstance().root;
    answer.loading_ms = performance.now() - started;
    const filling = performance.now();
    for (const one of session.steps) step(root, one);
    answer.filling_ms = performance.now() - filling;
    answer.nodes = told(root);
    if (session.as_xml) answer.xml = root.instanceState.instanceXML;
  } catch (error) {
    answer.error = String(error?.message ?? error).split("\n")[0];
  }
  const bytes = Buffer.from(JSON.stringify(answer) + "\n");
  for (let written = 0; written < bytes.length; ) {
    try {
      written += writeSync(1, bytes, written);
    } catch (error) {
      if (error.code !== "EAGAIN") throw error;
    }
  }
}
process.exit(0);
