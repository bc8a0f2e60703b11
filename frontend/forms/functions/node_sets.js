// Node sets: which nodes, how many, in what order.
import { sha256, utf8 } from "../hashes.js";
import { positionAmongNamesakes } from "../paths.js";
import { textNumber, toNumber, toText } from "../values.js";

const MOST = 2_147_483_647;
const FACTOR = 16_807;

function extreme(choose) {
  return (make, parts) => {
    const values = parts.map((part) => make.value(part));
    return (node, env) => {
      const numbers = values.flatMap((part) => {
        const value = part(node, env);
        return Array.isArray(value) ? value.map((each) => textNumber(each.text, env.offset)) : [toNumber(value, env.offset)];
      });
      return numbers.length ? numbers.reduce((one, other) => choose(one, other)) : NaN;
    };
  };
}

function name(make, [set]) {
  if (!set) return (node) => node.name;
  const nodes = make.nodes(set);
  return (node, env) => nodes(node, env)[0]?.name ?? "";
}

function liesIn(node, outer) {
  for (let above = node; above; above = above.parent) if (above === outer) return true;
  return false;
}

// The seed as a whole number: it may have 64 bits, which a JavaScript number has not.
function seedOf(value, env) {
  const number = toNumber(value, env.offset);
  if (number === Infinity) return 2n ** 63n - 1n;
  if (number === -Infinity) return -(2n ** 63n);
  if (!Number.isNaN(number)) return BigInt(Math.trunc(number));
  const text = toText(value);
  if (text === "") return 0n;
  return new DataView(sha256(utf8(text)).buffer).getBigInt64(0);
}

// The numbers from 0 up to 1 that Park and Miller's generator gives for a seed, as JavaRosa uses it.
function seeded(seed) {
  let state = Number(seed % BigInt(MOST));
  if (state <= 0) state += MOST - 1;
  return () => {
    state = (state * FACTOR) % MOST;
    return (state - 1) / (MOST - 1);
  };
}

function shuffled(nodes, random) {
  const result = [];
  nodes.forEach((node, index) => {
    const place = Math.floor(random() * (index + 1));
    if (place !== index) result[index] = result[place];
    result[place] = node;
  });
  return result;
}

export const NODE_SETS = {
  count(make, [set]) {
    const nodes = make.nodes(set);
    return (node, env) => nodes(node, env).length;
  },
  "count-non-empty"(make, [set]) {
    const nodes = make.nodes(set);
    return (node, env) => nodes(node, env).filter((each) => each.text !== "").length;
  },
  sum(make, [set]) {
    const nodes = make.nodes(set);
    return (node, env) => {
      const found = nodes(node, env);
      return found.length ? found.reduce((total, each) => total + textNumber(each.text, env.offset), 0) : NaN;
    };
  },
  name,
  "local-name": name,
  max: extreme(Math.max),
  min: extreme(Math.min),
  position(make, [set]) {
    if (!set) return (_, env) => env.position;
    const nodes = make.nodes(set);
    return (node, env) => {
      const [found] = nodes(node, env);
      return found ? positionAmongNamesakes(found) : NaN;
    };
  },
  last: () => (_, env) => env.size,
  current: () => (_, env) => [env.current],
  instance(make, [id]) {
    const key = make.text(id);
    return (node, env) => {
      const top = env.session.program.instances[key(node, env)];
      return top ? [top] : [];
    };
  },
  "indexed-repeat"(make, [set, ...rest]) {
    const nodes = make.nodes(set);
    const pairs = [];
    for (let at = 0; at + 1 < rest.length; at += 2) pairs.push([make.nodes(rest[at]), make.number(rest[at + 1])]);
    return (node, env) => {
      let within = null;
      for (const [repeat, index] of pairs) {
        const number = index(node, env);
        const candidates = repeat(node, env).filter((each) => !within || liesIn(each, within));
        if (!(number >= 1 && number <= candidates.length)) return [];
        within = candidates[Math.trunc(number) - 1];
      }
      return nodes(node, env).filter((each) => !within || liesIn(each, within));
    };
  },
  randomize(make, [set, start]) {
    const nodes = make.nodes(set);
    if (!start) return (node, env) => shuffled(nodes(node, env), env.session.random);
    const seed = make.value(start);
    return (node, env) => shuffled(nodes(node, env), seeded(seedOf(seed(node, env), env)));
  },
};
