// Yes and no: conditions, checklists, choices.
import { words } from "../stored.js";
import { toBoolean, toNumber, toText } from "../values.js";

// The values that count one by one: of a node set each node.
const each = (value) => (Array.isArray(value) ? value.map((node) => [node]) : [value]);

// A node among others counts by its value; that it is there says nothing.
const isTrue = (value) => (Array.isArray(value) ? toText(value).trim() !== "" : toBoolean(value));

const lies = (least, met, most) => met >= least && met <= (most === -1 ? Infinity : most);

export const LOGIC = {
  true: () => () => true,
  false: () => () => false,
  not(make, [argument]) {
    const inner = make.boolean(argument);
    return (node, env) => !inner(node, env);
  },
  boolean: (make, [argument]) => make.boolean(argument),
  "boolean-from-string"(make, [argument]) {
    const text = make.text(argument);
    return (node, env) => ["1", "true"].includes(text(node, env));
  },
  if(make, [test, yes, no]) {
    const [condition, then, otherwise] = [make.boolean(test), make.value(yes), make.value(no)];
    return (node, env) => (condition(node, env) ? then(node, env) : otherwise(node, env));
  },
  depend: (make, [argument]) => make.value(argument),
  checklist(make, [fewest, many, ...tests]) {
    const [least, most] = [make.number(fewest), make.number(many)];
    const rest = tests.map((test) => make.value(test));
    return (node, env) => {
      const met = rest.flatMap((test) => each(test(node, env))).filter(isTrue).length;
      return lies(least(node, env), met, most(node, env));
    };
  },
  "weighted-checklist"(make, [fewest, many, ...pairs]) {
    const [least, most] = [make.number(fewest), make.number(many)];
    const rest = pairs.map((part) => make.value(part));
    return (node, env) => {
      let met = 0;
      for (let index = 0; index + 1 < rest.length; index += 2) {
        const weights = each(rest[index + 1](node, env));
        each(rest[index](node, env)).slice(0, weights.length).forEach((value, place) => {
          if (isTrue(value)) met += toNumber(weights[place], env.offset);
        });
      }
      return lies(least(node, env), met, most(node, env));
    };
  },
  selected(make, [list, choice]) {
    const [chosen, wanted] = [make.text(list), make.text(choice)];
    return (node, env) => {
      const [values, one] = [words(chosen(node, env)), wanted(node, env).trim()];
      // An empty list has the empty text in it, in all of ODK's engines.
      return values.length ? values.includes(one) : one === "";
    };
  },
  "selected-at"(make, [list, place]) {
    const [chosen, index] = [make.text(list), make.number(place)];
    return (node, env) => {
      const values = words(chosen(node, env));
      const at = index(node, env);
      return at >= 0 && at < values.length ? values[Math.trunc(at)] : "";
    };
  },
  "count-selected"(make, [list]) {
    const chosen = make.text(list);
    return (node, env) => words(chosen(node, env)).length;
  },
  "jr:choice-name"(make, [choice, path]) {
    const [value, control] = [make.text(choice), make.nodes(path)];
    return (node, env) => {
      const [found] = control(node, env);
      return found ? env.session.choiceName(found, value(node, env)) : "";
    };
  },
  "jr:itext"(make, [id]) {
    const key = make.text(id);
    return (node, env) => env.session.textById(key(node, env), node);
  },
};
