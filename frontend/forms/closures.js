// Expressions as functions, made once for a form: arrays in, functions of (node, environment) out.
import { FUNCTIONS } from "./functions/index.js";
import { inDocumentOrder, singleNode, step } from "./paths.js";
import { Document } from "./tree.js";
import { equal, isNumeric, ordered, toBoolean, toNumber, toText, unequal } from "./values.js";

/** What an expression sees beside its context node: current(), and its place among candidates. */
export class Environment {
  constructor(session, current, position = 1, size = 1) {
    this.session = session;
    this.current = current;
    this.position = position;
    this.size = size;
    this.offset = session.offset;
  }
}

const ARITHMETIC = {
  "+": (left, right) => left + right,
  "-": (left, right) => left - right,
  "*": (left, right) => left * right,
  div: (left, right) => left / right,
  mod: (left, right) => left % right,
};
const ORDER = {
  "<": (left, right) => left < right,
  "<=": (left, right) => left <= right,
  ">": (left, right) => left > right,
  ">=": (left, right) => left >= right,
};

export class Closures {
  constructor(layout) {
    this.layout = layout;
  }

  text(expression) {
    const value = this.value(expression);
    return (node, env) => toText(value(node, env));
  }

  number(expression) {
    const value = this.value(expression);
    return (node, env) => toNumber(value(node, env), env.offset);
  }

  boolean(expression) {
    const value = this.value(expression);
    return (node, env) => toBoolean(value(node, env));
  }

  /** As a node set; an empty one where it is none. */
  nodes(expression) {
    const value = this.value(expression);
    return (node, env) => {
      const found = value(node, env);
      return Array.isArray(found) ? found : [];
    };
  }

  /** The value as it is. */
  value(expression) {
    const [name, ...parts] = expression;
    if (name === "call") return this.call(parts[0], parts.slice(1));
    if (name === "path") return this.path(expression);
    if (name === "num" || name === "str") return () => parts[0];
    if (name === "property") return (_, env) => env.session.properties[parts[0]] ?? "";
    if (name === "or" || name === "and") return this.logic(name, parts.map((part) => this.boolean(part)));
    if (name in ARITHMETIC) return this.arithmetic(ARITHMETIC[name], parts.map((part) => this.number(part)));
    if (name === "neg") {
      const number = this.number(parts[0]);
      return (node, env) => -number(node, env);
    }
    if (name === "|") {
      const sets = parts.map((part) => this.nodes(part));
      return (node, env) => inDocumentOrder([...new Set(sets.flatMap((set) => set(node, env)))]);
    }
    if (name === "where") {
      const inner = this.nodes(parts[0]);
      const predicates = parts.slice(1).map((part) => this.value(part));
      return (node, env) => filtered(inner(node, env), predicates, env);
    }
    return this.comparison(name, this.value(parts[0]), this.value(parts[1]));
  }

  call(name, parts) {
    const build = FUNCTIONS[name];
    if (!build) throw new Error(`There is no function ${name}().`);
    return build(this, parts);
  }

  logic(name, parts) {
    if (name === "or") return (node, env) => parts.some((part) => part(node, env));
    return (node, env) => parts.every((part) => part(node, env));
  }

  arithmetic(operation, [first, ...rest]) {
    return (node, env) => {
      let result = first(node, env);
      for (const part of rest) result = operation(result, part(node, env));
      return result;
    };
  }

  comparison(name, left, right) {
    if (name in ORDER) return (node, env) => ordered(left(node, env), right(node, env), ORDER[name], env.offset);
    const test = { "=": equal, "!=": unequal }[name];
    if (!test) throw new Error(`There is no operator ${name}.`);
    return (node, env) => test(left(node, env), right(node, env), env.offset);
  }

  path(expression) {
    const single = singleNode(this.layout, expression);
    if (single !== undefined) return (_, env) => [env.session.singles[single]];
    const [, start, ...told] = expression;
    const begin = typeof start === "string" ? null : this.nodes(start);
    const steps = told.map(([axis, test, ...predicates]) => ({
      take: step(this.layout, axis, test),
      predicates: predicates.map((part) => this.value(part)),
      mayRepeat: axis !== "child" && axis !== "attribute",
    }));
    return (node, env) => {
      let found = begin ? begin(node, env) : [start === "/" ? new Document(env.session.root) : node];
      for (const { take, predicates, mayRepeat } of steps) {
        const reached = found.map((each) => (predicates.length ? filtered(take(each), predicates, env) : take(each)));
        if (reached.length === 1) found = reached[0];
        else found = mayRepeat ? [...new Set(reached.flat())] : reached.flat();
      }
      return found;
    };
  }
}

function filtered(nodes, predicates, env) {
  let kept = nodes;
  for (const predicate of predicates) {
    const inner = new Environment(env.session, env.current, 0, kept.length);
    kept = kept.filter((node, index) => {
      inner.position = index + 1;
      const result = predicate(node, inner);
      return isNumeric(result) ? toNumber(result) === inner.position : toBoolean(result);
    });
  }
  return kept;
}
