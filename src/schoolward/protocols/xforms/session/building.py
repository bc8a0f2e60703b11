"""Instances made from elements: the blank form, a template of a repeat, a stored submission."""

from __future__ import annotations

from typing import Any

from .programs import Program
from .stored import stored_text
from .tree import Instance

_EMPTY: list[Any] = ["", ""]


class Builder:
    """Makes instances of one form; nothing is evaluated yet."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._layout = program.layout
        self._keep_counted = False
        self._spare: dict[tuple[Instance, int], list[list[Any]]] = {}
        """What the blank form has of counted repeats; it is used when the count asks for so many."""

    def root(self, element: list[Any], *, is_new: bool) -> Instance:
        """The whole primary instance. Of a new one, counted repeats begin empty: the count fills them."""
        self._keep_counted = not is_new
        return self._make(0, None, element)

    def instance(self, parent: Instance, number: int) -> Instance:
        """One more instance of a repeat, from its template; the caller puts it in its place."""
        self._keep_counted = False
        spare = self._spare.get((parent, number), [])
        siblings = parent.kids[number]
        place = len(siblings) if isinstance(siblings, list) else 0
        if place < len(spare):
            return self._make(number, parent, spare[place])
        return self._make(number, parent, self._layout.nodes[number].get("template", _EMPTY))

    def _make(self, number: int, parent: Instance | None, element: list[Any]) -> Instance:
        kind = self._layout.kinds[number]
        made = Instance(number, parent, is_repeat=kind == "repeat")
        content = element[1]
        if kind == "value":
            text = content if isinstance(content, str) else ""
            made.base = stored_text(text, self._layout.types[number])
            return made
        inside: dict[str, list[list[Any]]] = {}
        for child in content if isinstance(content, list) else []:
            inside.setdefault(child[0], []).append(child)
        for child_number in self._layout.children[number]:
            elements = inside.get(self._layout.names[child_number], [])
            if self._layout.kinds[child_number] != "repeat":
                made.kids[child_number] = self._make(child_number, made, elements[0] if elements else _EMPTY)
            elif self._keep_counted or (child_number, "count") not in self._program.facet_at:
                made.kids[child_number] = [self._make(child_number, made, each) for each in elements]
            else:
                made.kids[child_number] = []
                self._spare[made, child_number] = elements
        return made
