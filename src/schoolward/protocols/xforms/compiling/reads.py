"""What an expression reads: nodes, and how many repeat instances reader and read share.

Paths are followed over the nodes of the form, where a repeat is one node. A *place* is a node and the number
of its outermost repeats whose instance is certainly the reader's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from schoolward.protocols.xforms.definition import NodeDefinition
from schoolward.protocols.xforms.xpath import Expression, may_be_nodes

Place = tuple[int, int]
_DOCUMENT = -1
_ONLY_PLACES = frozenset(("position", "count", "name", "local-name"))


class Tree:
    """The nodes of a form by their children, ancestors and repeats."""

    def __init__(self, nodes: list[NodeDefinition]) -> None:
        self.nodes = nodes
        self.children: list[list[int]] = [[] for _ in nodes]
        self.by_name: list[dict[str, int]] = [{} for _ in nodes]
        self.repeats: list[tuple[int, ...]] = []
        """Of each node: the repeats around it, outermost first; a repeat itself comes last."""
        for number, node in enumerate(nodes):
            if node.parent is not None:
                self.children[node.parent].append(number)
                self.by_name[node.parent][node.name] = number
            around = () if node.parent is None else self.repeats[node.parent]
            self.repeats.append((*around, number) if node.kind == "repeat" else around)

    def ancestors(self, number: int) -> list[int]:
        """The nodes above one, the nearest first."""
        found = []
        parent = self.nodes[number].parent
        while parent is not None:
            found.append(parent)
            parent = self.nodes[parent].parent
        return found

    def below(self, number: int) -> list[int]:
        """The nodes below one; the order of the form."""
        found = []
        waiting = list(reversed(self.children[number]))
        while waiting:
            one = waiting.pop()
            found.append(one)
            waiting.extend(reversed(self.children[one]))
        return found

    def depth(self, number: int) -> int:
        """How many repeats are around a node, itself included."""
        return len(self.repeats[number]) if number >= 0 else 0


@dataclass(frozen=True)
class Choices:
    """What names a choice of a node: where choices come from, if from nodes, and what is read of each."""

    nodeset: Expression | None
    of_each: list[Expression]


class Reads:
    """Follows the expressions of one form.

    ``said``: those within each of its texts, by the text's id. ``choices``: of each node that offers some.
    """

    def __init__(
        self, tree: Tree, said: Mapping[str, list[Expression]], choices: Mapping[int, Choices]
    ) -> None:
        self._tree = tree
        self._said = said
        self._choices = choices
        self._naming: set[int] = set()
        self._found: set[Place] = set()
        self._origin: set[Place] = set()

    def of(self, node: int, *expressions: Expression, contexts: Iterable[Expression] = ()) -> list[Place]:
        """What expressions read with ``node`` as context, and ``contexts`` with each node that they give."""
        origin = {(node, self._tree.depth(node))}
        # The number of instances of a repeat is computed from outside of them.
        if self._tree.nodes[node].kind == "repeat":
            origin = {(node, self._tree.depth(node) - 1)}
        return self._gather(origin, expressions, contexts)

    def of_instances(self, node: int, expression: Expression) -> list[Place]:
        """The same, with each instance of a repeat as context."""
        return self._gather({(node, self._tree.depth(node))}, (expression,), ())

    def _gather(
        self, origin: set[Place], expressions: Iterable[Expression], contexts: Iterable[Expression]
    ) -> list[Place]:
        self._found = set()
        self._origin = origin
        for expression in expressions:
            self._value(expression, origin)
            for inner in contexts:
                self._value(inner, self._nodes(expression, origin))
        closest: dict[int, int] = {}
        for number, shared in self._found:
            closest[number] = min(shared, closest.get(number, shared))
        return sorted(closest.items())

    def _value(self, expression: Expression, context: set[Place]) -> None:
        """An expression that is used for its value."""
        if may_be_nodes(expression):
            for number, shared in self._nodes(expression, context):
                if number == _DOCUMENT:
                    number, shared = 0, 0
                self._found.add((number, shared))
                if self._tree.nodes[number].kind != "value":
                    self._found.update((each, shared) for each in self._tree.below(number))
            if expression[0] != "call" or expression[1] not in ("if", "depend"):
                return
        if expression[:2] == ["call", "jr:itext"]:
            wanted = expression[2]
            is_named = wanted[0] == "str"
            for text, parts in self._said.items():
                if not is_named or text == wanted[1]:
                    for part in parts:
                        self._value(part, context)
        names_choice = expression[:2] == ["call", "jr:choice-name"]
        if names_choice or (expression[0] == "call" and expression[1] in _ONLY_PLACES):
            for argument in expression[2:]:
                if may_be_nodes(argument) and (not names_choice or argument is expression[-1]):
                    places = {place for place in self._nodes(argument, context) if place[0] != _DOCUMENT}
                    self._found |= places
                    if names_choice:
                        self._named(places)
                else:
                    self._value(argument, context)
            return
        for part in expression[1:]:
            if isinstance(part, list):
                self._value(part, context)

    def _named(self, places: set[Place]) -> None:
        """The name of a choice hangs on what the question offers, also where its answer stays the same."""
        for place in places:
            choices = self._choices.get(place[0])
            # A choice may be named where choices of the same question are filtered.
            if choices is None or place[0] in self._naming:
                continue
            self._naming.add(place[0])
            asking, self._origin = self._origin, {place}
            offered = {place}
            if choices.nodeset is not None:
                self._value(choices.nodeset, {place})
                offered = self._nodes(choices.nodeset, {place})
            for expression in choices.of_each:
                self._value(expression, offered)
            self._origin = asking
            self._naming.discard(place[0])

    def _nodes(self, expression: Expression, context: set[Place]) -> set[Place]:
        """The places that a node set can come from; what is read to choose among them is put down."""
        kind = expression[0]
        if kind == "path":
            start = expression[1]
            places = (
                {(_DOCUMENT, 0)} if start == "/" else context if start == "." else self._nodes(start, context)
            )
            went_down = False
            for step in expression[2:]:
                # Whoever goes down and up again asks whether there is what lies between.
                if went_down and step[0] not in ("child", "descendant", "self"):
                    self._found.update(place for place in places if place[0] != _DOCUMENT)
                went_down = went_down or step[0] not in ("parent", "self")
                places = self._step(step, places)
            return places
        if kind == "where":
            places = self._nodes(expression[1], context)
            for predicate in expression[2:]:
                self._value(predicate, places)
            return places
        if kind == "|":
            return set().union(*(self._nodes(part, context) for part in expression[1:]))
        if kind == "call":
            return self._call(expression, context)
        return set()

    def _call(self, expression: Expression, context: set[Place]) -> set[Place]:
        name, *arguments = expression[1:]
        if name == "current":
            return self._origin
        if name == "if":
            self._value(arguments[0], context)
            return self._nodes(arguments[1], context) | self._nodes(arguments[2], context)
        if name in ("randomize", "depend"):
            for argument in arguments[1:]:
                self._value(argument, context)
            return self._nodes(arguments[0], context)
        if name == "indexed-repeat":
            for index, argument in enumerate(arguments[1:]):
                if index % 2:
                    self._value(argument, context)
                else:
                    self._found.update(self._nodes(argument, context))
            return self._nodes(arguments[0], context)
        return set()

    def _step(self, step: Expression, places: set[Place]) -> set[Place]:
        axis, test, *predicates = step
        found: set[Place] = set()
        for place in places:
            if axis == "child" and place[0] >= 0 and test not in ("*", "node()", "text()"):
                number = self._tree.by_name[place[0]].get(test)
                if number is not None:
                    found.add((number, place[1]))
                continue
            found.update(
                (number, shared)
                for number, shared in self._axis(axis, place)
                if test == "node()" or (number != _DOCUMENT and test in ("*", self._tree.nodes[number].name))
            )
        for predicate in predicates:
            self._value(predicate, found)
        return found

    def _axis(self, axis: str, place: Place) -> list[Place]:
        number, shared = place
        tree = self._tree
        if axis == "self":
            return [place]
        if axis == "child":
            return [(each, shared) for each in (tree.children[number] if number >= 0 else [0])]
        if axis.startswith("descendant"):
            below = tree.below(number) if number >= 0 else [0, *tree.below(0)]
            return ([place] if axis.endswith("self") else []) + [(each, shared) for each in below]
        if number == _DOCUMENT:
            return []
        above = [*tree.ancestors(number), _DOCUMENT]
        if axis == "parent":
            above = above[:1]
        if axis == "parent" or axis.startswith("ancestor"):
            own = [place] if axis.endswith("self") else []
            return own + [(each, min(shared, tree.depth(each))) for each in above]
        if axis.endswith("sibling") and number > 0:
            parent = above[0]
            return [(each, min(shared, tree.depth(parent))) for each in tree.children[parent]]
        return []
