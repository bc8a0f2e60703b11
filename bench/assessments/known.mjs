// What a walk's page shows of other devices, by lines: {"facts", "strand", "entries", "paths"} gives one answer a path;
// with "lists" among the facts, what is shown of repeats, and what is taken over before a change at each path.
import { createInterface } from "node:readline";
import { Known } from "../../frontend/walk/known.js";
import { Lists } from "../../frontend/walk/lists.js";

for await (const line of createInterface({ input: process.stdin })) {
  const { facts, strand, entries, paths } = JSON.parse(line);
  if (facts.lists) {
    const lists = new Lists(facts, strand, entries);
    process.stdout.write(`${JSON.stringify({ steps: lists.steps(), copies: paths.map((path) => lists.takeOver(path)) })}\n`);
    continue;
  }
  const known = new Known(facts, strand, entries);
  const told = paths.map((path) => ({
    shown: known.shown(path) ?? null,
    over: known.over(path).over ?? [],
    differing: known.differing(path).map((each) => each.id),
  }));
  process.stdout.write(`${JSON.stringify(told)}\n`);
}
