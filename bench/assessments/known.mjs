// What a walk's page shows of other devices, by lines: {"facts", "strand", "entries", "paths"} gives one answer a path.
import { createInterface } from "node:readline";
import { Known } from "../../frontend/walk/known.js";

for await (const line of createInterface({ input: process.stdin })) {
  const { facts, strand, entries, paths } = JSON.parse(line);
  const known = new Known(facts, strand, entries);
  const told = paths.map((path) => ({
    shown: known.shown(path) ?? null,
    over: known.over(path).over ?? [],
    differing: known.differing(path).map((each) => each.id),
  }));
  process.stdout.write(`${JSON.stringify(told)}\n`);
}
