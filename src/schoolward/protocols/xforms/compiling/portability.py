"""Where ODK's engines disagree about a form: JavaRosa (Collect), Enketo, and the newer one of ODK Web Forms.

Read from their sources: JavaRosa's XPathFuncExpr, XPathUnionExpr, XPathNodeset and XPathPathExpr, Enketo's
openrosa-xpath-evaluator. What is warned of works here as it does in ODK Web Forms.
"""

from __future__ import annotations

from collections.abc import Iterator

from schoolward.protocols.xforms.definition import Definition, Source
from schoolward.protocols.xforms.external_choices import list_offered
from schoolward.protocols.xforms.problems import FormWarning
from schoolward.protocols.xforms.xpath import Expression

from .expressions import Expressions
from .reads import Place, Reads, Tree

_NO_COLLECT = {
    "substring": "Collect has no substring(); substr(text, start, end) counts from 0 and works everywhere.",
    "ceiling": "Collect has no ceiling(); use int(x) + (x > int(x)).",
    "floor": "Collect has no floor(); use int(x) - (x < int(x)).",
    "last": "Collect has no last(); use count() of the same path.",
    "geofence": "Only newer versions of Collect have geofence(), and Enketo has not.",
}
_ONE_ARGUMENT = frozenset(("number", "string"))
_AXES = frozenset(("child", "parent", "self", "attribute"))
_BOOLEAN_FACETS = frozenset(("relevant", "required", "readonly", "constraint"))
_MANY_NODES = frozenset(
    (
        *("count", "count-non-empty", "sum", "max", "min", "concat", "join", "position", "randomize", "area"),
        *(
            "distance",
            "checklist",
            "weighted-checklist",
            "indexed-repeat",
            "depend",
            "jr:choice-name",
            "not",
            "boolean",
        ),
    )
)


class Portability:
    """Looks through the expressions of one form."""

    def __init__(self, definition: Definition, tree: Tree, reads: Reads, expressions: Expressions) -> None:
        self._definition = definition
        self._tree = tree
        self._expressions = expressions
        self._reads = reads
        self._found: dict[tuple[str, str], FormWarning] = {}
        self._where = ""
        self._node = 0
        self._known: dict[tuple[int, int], list[Place]] = {}
        self._has_repeats = any(tree.repeats)

    def warnings(self) -> list[FormWarning]:
        """One warning a kind and place, in the order of the form."""
        for node, facet, source in self._sources():
            self._where, self._node = source.where, node
            expression = self._expressions.of(source)
            if facet in _BOOLEAN_FACETS:
                self._as_boolean(expression)
            elif facet != "items":
                self._as_value(expression, in_predicate=False)
            self._look(expression, in_predicate=False)
        self._searches()
        self._kept_apart()
        return list(self._found.values())

    def _searches(self) -> None:
        for control in self._definition.controls():
            if "search(" in control.appearance and control.node is not None:
                self._where = self._tree.nodes[control.node].path
                self._warn(
                    "search",
                    "Only Collect looks choices up with search(); here and elsewhere the choices of the form "
                    "are offered. Use a select from a file with a choice filter.",
                )

    def _kept_apart(self) -> None:
        for control in self._definition.controls():
            if control.itemset is None or control.node is None or not list_offered(control.itemset):
                continue
            self._where = self._tree.nodes[control.node].path
            told = "Choices of a select_one_external are offered here and by Collect; others take any text."
            if not _is_looked_up(self._expressions.of(control.itemset.nodeset)):
                told += (
                    " Collect cannot look them up by this choice_filter: it wants column = ${question}, "
                    "several of them joined by and."
                )
            self._warn("external-choices", f"{told} A select_one with a choice_filter works everywhere.")

    def _sources(self) -> Iterator[tuple[int, str, Source]]:
        for number, node in enumerate(self._definition.nodes):
            for facet, source in node.facets.items():
                yield number, facet, source
        for control in self._definition.controls():
            if control.itemset is not None and control.node is not None:
                yield control.node, "items", control.itemset.nodeset
        for action in self._definition.actions:
            yield action.node, "action", action.value

    def _warn(self, code: str, text: str) -> None:
        self._found.setdefault((code, self._where), FormWarning(code, self._where, text))

    def _look(self, expression: Expression, *, in_predicate: bool) -> None:
        kind = expression[0]
        if kind == "|":
            self._warn("union", "Collect cannot unite node sets with |.")
        elif kind == "call":
            self._call(expression, in_predicate=in_predicate)
        elif kind in ("or", "and"):
            for part in expression[1:]:
                self._as_boolean(part)
        elif kind not in ("path", "where", "num", "str"):
            for part in expression[1:]:
                self._as_value(part, in_predicate=in_predicate)
        if kind == "path":
            self._path(expression, in_predicate=in_predicate)
        # All agree about what indexed-repeat() means, and it needs absolute paths.
        within = in_predicate or expression[:2] == ["call", "indexed-repeat"]
        for index, part in enumerate(expression[1:], start=1):
            if isinstance(part, list) and kind != "path":
                self._look(part, in_predicate=within or (kind == "where" and index > 1))

    def _path(self, expression: Expression, *, in_predicate: bool) -> None:
        if isinstance(expression[1], list):
            self._look(expression[1], in_predicate=in_predicate)
        for axis, _test, *predicates in expression[2:]:
            if axis not in _AXES:
                self._warn("axis", f"Collect does not know // and {axis}::; name the path step by step.")
            for predicate in predicates:
                self._as_boolean(predicate)
                self._look(predicate, in_predicate=True)
        if in_predicate or isinstance(expression[1], list):
            return
        if expression[1] == "/":
            self._absolute(expression)
        self._unknown(expression)

    def _absolute(self, expression: Expression) -> None:
        if not self._has_repeats or any(len(step) > 2 for step in expression[2:]):
            return
        around = set(self._tree.repeats[self._node])
        for number, _shared in self._places(expression):
            if around & set(self._tree.repeats[number]) and self._tree.nodes[number].kind == "value":
                self._warn(
                    "absolute-in-repeat",
                    f"{self._tree.nodes[number].path} lies in the same repeat. Collect and Enketo read it in "
                    "the same instance; here and in ODK Web Forms the path means all instances. "
                    "Write it from ../ on.",
                )

    def _places(self, expression: Expression) -> list[Place]:
        """Where a path leads from the node at hand. Expressions are kept, so that each is known by its id."""
        key = (self._node, id(expression))
        if key not in self._known:
            self._known[key] = self._reads.of_instances(self._node, ["call", "count", expression])
        return self._known[key]

    def _unknown(self, expression: Expression) -> None:
        steps = expression[2:]
        if not steps or any(step[0] == "attribute" for step in steps):
            return
        if not self._places(expression):
            start = "/" if expression[1] == "/" else ""
            shown = start + "/".join(".." if step[0] == "parent" else step[1] for step in steps)
            self._warn(
                "unknown-path",
                f"The path {shown} leads to nothing. Collect refuses the "
                "form; here and in ODK Web Forms it is empty.",
            )

    def _call(self, expression: Expression, *, in_predicate: bool) -> None:
        name, *arguments = expression[1:]
        if name in _NO_COLLECT:
            self._warn("function", _NO_COLLECT[name])
        if name in _ONE_ARGUMENT and not arguments:
            self._warn("function", f"Collect needs an argument for {name}(): {name}(.).")
        if name in ("not", "boolean"):
            self._as_boolean(arguments[0])
        if name == "if":
            self._as_boolean(arguments[0])
        if name == "regex" and arguments[1][0] == "str":
            self._regex(arguments[1][1])
        if name not in _MANY_NODES:
            for argument in arguments[1 if name == "if" else 0 :]:
                self._as_value(argument, in_predicate=in_predicate)

    def _regex(self, pattern: str) -> None:
        if not (pattern.startswith("^") and pattern.endswith("$")):
            self._warn(
                "regex",
                "Collect wants the whole text to match, Enketo and ODK Web Forms a part of it. "
                "Put ^ before the pattern and $ after it, or .* on both sides.",
            )

    def _as_boolean(self, expression: Expression) -> None:
        """A node set where yes or no is wanted."""
        if expression[0] in ("path", "where"):
            self._warn(
                "node-set-as-boolean",
                "Collect asks whether the value is empty, Enketo and ODK Web Forms whether there is such a "
                "node. Compare it: path != ''.",
            )

    def _as_value(self, expression: Expression, *, in_predicate: bool) -> None:
        """A path that may give several nodes, where one value is wanted."""
        if in_predicate or expression[0] != "path" or not self._has_repeats:
            return
        if any(len(step) > 2 for step in expression[2:]):
            return
        own = self._tree.repeats[self._node]
        for number, shared in self._places(expression):
            if shared < self._tree.depth(number) and not set(own) & set(self._tree.repeats[number]):
                self._warn(
                    "many-nodes",
                    f"{self._tree.nodes[number].path} is there once for every instance of a repeat. Collect "
                    "stops with an error, Enketo and ODK Web Forms take the first. Use indexed-repeat(), "
                    "sum(), join() or a predicate.",
                )


def _is_looked_up(nodeset: Expression) -> bool:
    """Whether Collect makes the right question to its table of it: it cuts the text at `and`, `or` and `=`.

    An `or` would offer rows of other lists, a text in quotation marks makes it mistake the list's name.
    """
    predicates = nodeset[-1][2:] if nodeset[0] == "path" else []
    if len(predicates) != 1:
        return False
    wanted = predicates[0][1:] if predicates[0][0] == "and" else predicates
    return all(one[0] == "=" and _is_column(one[1]) and one[2][0] in ("path", "num") for one in wanted)


def _is_column(expression: Expression) -> bool:
    return expression[:2] == ["path", "."] and len(expression) == 3 and expression[2][0] == "child"
