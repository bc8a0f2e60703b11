"""All parts of the compiled form put together."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from schoolward.protocols.xforms.definition import Definition, NodeDefinition, Source
from schoolward.protocols.xforms.problems import FormProblem, FormRefused, FormWarning
from schoolward.protocols.xforms.xpath import Expression

from .expressions import Expressions
from .files import load, without_values
from .order import Facet, in_order
from .portability import Portability
from .reads import Choices, Reads, Tree
from .shown import CHOICES, Shown, element_json, expressions_in

FORMAT = 1
CompiledForm = dict[str, Any]
_VALUE_ONLY = frozenset(("calculate", "required", "constraint"))
_PRELOADED = {
    ("date", "today"): ("odk-instance-first-load", ["call", "today"]),
    ("timestamp", "start"): ("odk-instance-first-load", ["call", "now"]),
    ("timestamp", "end"): ("xforms-revalidate", ["call", "now"]),
}


def compile_form(definition: Definition, files: Mapping[str, bytes] | None = None) -> CompiledForm:
    """Compile a definition, with the contents of its files by name. Raises :class:`FormRefused`."""
    # What the files hold becomes part of the form, but not of the definition that was given.
    own = dataclasses.replace(definition, instances=dict(definition.instances), texts=dict(definition.texts))
    problems: list[FormProblem] = []
    missing = load(own, files or {}, problems)
    problems += without_values(own)
    return _Compiler(own, problems, missing).compiled()


class _Compiler:
    def __init__(self, definition: Definition, problems: list[FormProblem], missing: list[str]) -> None:
        self._definition = definition
        self._problems = problems
        self._missing = missing
        self._expressions = Expressions()
        self._tree = Tree(definition.nodes)
        self._shown = Shown(self._expressions)
        self._texts = {key: self._shown.text(text) for key, text in definition.texts.items()}
        self._choices = self._choices_of_nodes()
        said = {key: expressions_in(text) for key, text in self._texts.items()}
        self._reads = Reads(self._tree, said, self._choices)

    def compiled(self) -> CompiledForm:
        definition = self._definition
        problems = list(self._problems)
        body = [self._shown.add(control) for control in definition.body]
        facets = in_order(self._tree, self._facets())
        actions = self._actions()
        nodes = [self._node(number, node) for number, node in enumerate(definition.nodes)]
        self._show_controls(nodes)
        problems += self._expressions.problems
        problems += self._unknown_instances()
        if problems:
            raise FormRefused(problems)
        warnings = [FormWarning(*notice) for notice in definition.notices]
        warnings += [_missing_file(name) for name in self._missing]
        warnings += Portability(definition, self._tree, self._reads, self._expressions).warnings()
        warnings += [
            _circle(self._tree, facets, number)
            for number in sorted({f.cycle for f in facets if f.certain_cycle})
        ]
        return {
            "format": FORMAT,
            "id": definition.id,
            **({"version": definition.version} if definition.version else {}),
            **({"title": definition.title} if definition.title else {}),
            "languages": definition.languages,
            "nodes": nodes,
            "blank": element_json(definition.blank),
            "instances": {key: element_json(root) for key, root in definition.instances.items()},
            "external": definition.external,
            "texts": self._texts,
            "controls": self._shown.controls,
            "body": body,
            "facets": [_facet_json(facet) for facet in facets],
            "actions": actions,
            "warnings": [warning.as_json() for warning in warnings],
        }

    def _choices_of_nodes(self) -> dict[int, Choices]:
        found: dict[int, Choices] = {}
        for control in self._definition.controls():
            # A node that is shown twice has the choices of its first control.
            if control.node is None or control.node in found:
                continue
            if control.itemset is None:
                labels = [
                    each for item in control.items for each in expressions_in(self._shown.text(item.label))
                ]
                found[control.node] = Choices(None, labels)
            else:
                label = expressions_in(self._shown.text(control.itemset.label))
                value = self._expressions.of(control.itemset.value)
                found[control.node] = Choices(self._expressions.of(control.itemset.nodeset), [value, *label])
        return found

    def _facets(self) -> list[Facet]:
        found = []
        for number, node in enumerate(self._definition.nodes):
            for name, source in node.facets.items():
                if name in _VALUE_ONLY and node.kind != "value":
                    continue
                expression = self._expressions.of(source)
                read = self._reads.of if name == "count" else self._reads.of_instances
                found.append(Facet(number, name, expression, read(number, expression)))
        for number, choices in self._choices.items():
            if choices.nodeset is not None:
                reads = self._reads.of(number, choices.nodeset, contexts=choices.of_each[:1])
                found.append(Facet(number, "items", choices.nodeset, reads))
        return found

    def _actions(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        for number, node in enumerate(self._definition.nodes):
            preloaded = None if node.preload is None else _preload(*node.preload)
            if preloaded is not None:
                found.append({"event": preloaded[0], "node": number, "expr": preloaded[1], "preload": True})
        for action in self._definition.actions:
            told = {"event": action.event, "node": action.node, "expr": self._expressions.of(action.value)}
            found.append(told if action.source is None else {**told, "source": action.source})
        return found

    def _node(self, number: int, node: NodeDefinition) -> dict[str, Any]:
        told: dict[str, Any] = {
            "path": node.path,
            "name": node.name,
            "parent": node.parent,
            "kind": node.kind,
        }
        if node.kind == "value" and node.type != "string":
            told["type"] = node.type
        told["namespace"] = node.namespace
        told["template"] = None if node.template is None else element_json(node.template)
        told["constraint_message"] = self._shown.text(node.constraint_message)
        told["required_message"] = self._shown.text(node.required_message)
        told["attributes"] = self._definition.blank.attributes if number == 0 else None
        return {key: value for key, value in told.items() if value is not None and value not in ("", {})}

    def _show_controls(self, nodes: list[dict[str, Any]]) -> None:
        for number, control in enumerate(self._shown.controls):
            node = control.get("node")
            if node is None or "control" in nodes[node]:
                continue
            nodes[node]["control"] = number
            if control["kind"] in CHOICES:
                nodes[node]["choice"] = CHOICES[control["kind"]]

    def _unknown_instances(self) -> list[FormProblem]:
        known = {*self._definition.instances, *self._definition.external}
        found = []
        for source, expression in self._all():
            for name in _instances_in(expression):
                if name not in known:
                    mend = f"Known are: {', '.join(sorted(known)) or 'none'}."
                    found.append(FormProblem(f"There is no instance '{name}'.", source.where, mend))
        return found

    def _all(self) -> list[tuple[Source, Expression]]:
        return [(source, self._expressions.of(source)) for source in sources(self._definition)]


def sources(definition: Definition) -> list[Source]:
    """Every expression that is evaluated by itself, apart from those in texts."""
    found = [source for node in definition.nodes for source in node.facets.values()]
    found += [control.itemset.nodeset for control in definition.controls() if control.itemset is not None]
    return found + [action.value for action in definition.actions]


def _preload(kind: str, parameter: str) -> tuple[str, Expression] | None:
    if kind == "uid":
        return "odk-instance-first-load", ["call", "concat", ["str", "uuid:"], ["call", "uuid"]]
    if kind == "property":
        return "odk-instance-first-load", ["property", parameter]
    return _PRELOADED.get((kind, parameter))


def _facet_json(facet: Facet) -> dict[str, Any]:
    told: dict[str, Any] = {"node": facet.node, "facet": facet.name, "expr": facet.expression}
    told["reads"] = [list(place) for place in facet.reads]
    return {**told, "cycle": facet.cycle} if facet.cycle else told


def _instances_in(expression: Expression) -> list[str]:
    found = []
    if expression[:2] == ["call", "instance"] and expression[2][0] == "str":
        found.append(expression[2][1])
    for part in expression:
        if isinstance(part, list):
            found += _instances_in(part)
    return found


def _missing_file(name: str) -> FormWarning:
    return FormWarning("file", name, "The file is not at hand; what is read from it is empty.")


def _circle(tree: Tree, facets: list[Facet], number: int) -> FormWarning:
    paths = dict.fromkeys(tree.nodes[facet.node].path for facet in facets if facet.cycle == number)
    text = f"These depend on each other: {', '.join(paths)}. Collect refuses such a form."
    return FormWarning("cycle", next(iter(paths)), text)
