// The filled instance as XML, to be sent. Nodes that are not relevant are left out, as Collect does.

const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;" };
const NO_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ud800-\udfff\ufffe\uffff]/gu;
const attribute = (text) => text.replace(/[&<>"\t\n\r]/g, (letter) => ENTITIES[letter]);
// Line ends stay as they are in text; a lone carriage return would be lost to the next reader.
// Characters that XML has no way to say are left out.
const content = (text) => text.replace(NO_XML, "").replace(/[&<>\r]/g, (letter) => ENTITIES[letter]);

function written(session, instance) {
  if (!instance.live) return "";
  const { layout } = session.program;
  const node = layout.nodes[instance.node];
  const attributes = Object.entries(node.attributes ?? {}).map(([name, text]) => ` ${name}="${attribute(text)}"`);
  const above = instance.parent ? (layout.nodes[instance.parent.node].namespace ?? "") : "";
  const namespace = node.namespace ?? "";
  if (namespace !== above && !("xmlns" in (node.attributes ?? {}))) attributes.push(` xmlns="${attribute(namespace)}"`);
  const inside =
    layout.kinds[instance.node] === "value"
      ? content(instance.value)
      : instance.children.map((child) => written(session, child)).join("");
  const tag = instance.name + attributes.join("");
  return inside ? `<${tag}>${inside}</${instance.name}>` : `<${tag}/>`;
}

export const instanceXml = (session) => `<?xml version="1.0" encoding="UTF-8"?>\n${written(session, session.root)}`;
