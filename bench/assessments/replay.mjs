// Replays sessions for whoever sends lines: {"load": name, "form": …} keeps a compiled form; {"form": name, …} is a
// session as the vectors describe it, and is answered by {"nodes", "xml"} or {"error": {"step", "text"}}.
import { createInterface } from "node:readline";
import { Program, Session, StepRefused, instanceXml } from "../../frontend/forms/index.js";

const programs = new Map();

function inTurn(given, following) {
  let at = 0;
  return () => (at < given.length ? given[at++] : following(at++ - given.length));
}

function replay({ form, now, random = [], uuids = [], properties, language, steps }) {
  const numbered = (number) => `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;
  const sources = { now, random: inTurn(random, () => 0.5), uuid: inTurn(uuids, numbered), properties, language };
  let step = -1;
  try {
    const session = new Session(programs.get(form), sources);
    for (const each of steps) {
      step += 1;
      session.step(each);
    }
    return { nodes: session.nodes(), xml: instanceXml(session) };
  } catch (error) {
    if (error instanceof StepRefused) return { error: { step, text: error.message } };
    return { broken: error.stack };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const message = JSON.parse(line);
  if (message.load) programs.set(message.load, new Program(message.form));
  process.stdout.write(`${JSON.stringify(message.load ? { loaded: message.load } : replay(message))}\n`);
}
