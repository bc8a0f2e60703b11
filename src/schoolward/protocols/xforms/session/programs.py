"""A compiled form made ready for sessions: once for a form, shared by all that fill it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from schoolward.protocols.xforms.compiling.form import FORMAT, CompiledForm
from schoolward.protocols.xforms.problems import FormProblem, FormRefused

from .closures import Closures
from .environment import Evaluated
from .functions import BUILDERS
from .layout import Layout
from .tree import StaticNode, static_tree


@dataclass(frozen=True)
class Reader:
    """Who must be evaluated again: a facet, for the instances of its node below a shared repeat instance.

    ``chain`` leads from that instance (or the root) down to the facet's node.
    """

    facet: int
    shared: int
    chain: tuple[int, ...]


@dataclass(frozen=True)
class Facet:
    """One facet as a function. ``value`` is what an itemset stores of each node."""

    node: int
    name: str
    evaluate: Evaluated
    value: Evaluated | None
    cycle: int


class Program:
    """Raises :class:`FormRefused` where the compiled form is of another format."""

    def __init__(self, form: CompiledForm) -> None:
        if form.get("format") != FORMAT:
            raise FormRefused(
                [FormProblem(f"The compiled form has the format {form.get('format')}; {FORMAT} is known.")]
            )
        self.form = form
        self.layout = Layout(form["nodes"])
        self.closures = Closures(self.layout, BUILDERS)
        self.controls: list[dict[str, Any]] = form.get("controls", [])
        self.instances: dict[str, StaticNode] = {
            key: static_tree(element) for key, element in form.get("instances", {}).items()
        }
        count = len(self.layout.nodes)
        self.readers: list[list[Reader]] = [[] for _ in range(count)]
        self.facets_of: list[list[int]] = [[] for _ in range(count)]
        self.facet_at: dict[tuple[int, str], int] = {}
        self.facets = [self._facet(number, told) for number, told in enumerate(form.get("facets", []))]
        self.choices = [self._choice(node) for node in self.layout.nodes]
        self.static_items = [self._static_items(number) for number in range(count)]
        self.bounds = [self._bounds(node) for node in self.layout.nodes]
        self.actions = [self._action(action) for action in form.get("actions", [])]
        self._texts: dict[tuple[str, str, int], list[str | Evaluated]] = {}

    def _facet(self, number: int, told: dict[str, Any]) -> Facet:
        node, name = told["node"], told["facet"]
        self.closures.begin(node)
        self.facets_of[node].append(number)
        self.facet_at[node, name] = number
        around = self.layout.repeats[node]
        for read, shared in told["reads"]:
            # Its own last value may be read by a calculation; it does not set it off again.
            if name == "calculate" and read == node and shared == len(around):
                continue
            if name == "count":
                # A count is evaluated once for all instances of its repeat.
                shared = min(shared, len(around) - 1)
            top = around[shared - 1] if shared else 0
            self.readers[read].append(Reader(number, shared, self.layout.chain(top, node)))
        value = None
        if name == "items":
            evaluate = self.closures.nodes(told["expr"], node)
            control = self.controls[self.layout.nodes[node]["control"]]
            value = self.closures.text(control["itemset"]["value"], None)
        elif name == "count":
            evaluate = self.closures.number(told["expr"], node)
        elif name == "calculate":
            evaluate = self.closures.text(told["expr"], node)
        else:
            evaluate = self.closures.boolean(told["expr"], node)
        return Facet(node, name, evaluate, value, told.get("cycle", 0))

    def _choice(self, node: dict[str, Any]) -> str:
        return str(node.get("choice", ""))

    def _static_items(self, number: int) -> list[str] | None:
        node = self.layout.nodes[number]
        if not self._choice(node) or (number, "items") in self.facet_at:
            return None
        return [item["value"] for item in self.controls[node["control"]].get("items", [])]

    def _bounds(self, node: dict[str, Any]) -> tuple[float, float] | None:
        control = self.controls[node["control"]] if "control" in node else {}
        if control.get("kind") != "range":
            return None
        attributes = control.get("attributes", {})
        try:
            return float(attributes["start"]), float(attributes["end"])
        except (KeyError, ValueError):
            return None

    def _action(self, action: dict[str, Any]) -> tuple[dict[str, Any], Evaluated]:
        self.closures.begin(action["node"])
        return action, self.closures.text(action["expr"], action["node"])

    def pieces(self, key: tuple[str, str, int], wording: Any, context: int | None) -> list[str | Evaluated]:
        """A wording as texts and functions; made once for each key."""
        known = self._texts.get(key)
        if known is None:
            parts = [wording] if isinstance(wording, str) else wording.get("parts", [])
            self.closures.begin(context)
            known = [
                part if isinstance(part, str) else self.closures.text(part["value"], context)
                for part in parts
            ]
            self._texts[key] = known
        return known
