"""A session: one instance of a form, filled step by step."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypedDict

from .environment import Environment
from .programs import Program
from .propagation import MOST_INSTANCES, Propagation
from .sources import Sources
from .steps import StepRefused, parse_path
from .stored import choosing
from .tree import Instance
from .wording import choice_label, say


class NodeState(TypedDict):
    """What a session tells of one value."""

    value: str
    relevant: bool
    valid: bool


class Session(Propagation):
    """Fills a form. With ``element`` (as in the compiled form) an instance that was stored is read back."""

    def __init__(self, program: Program, sources: Sources, element: list[Any] | None = None) -> None:
        is_new = element is None
        super().__init__(
            program, sources, program.form["blank"] if element is None else element, is_new=is_new
        )
        self._begin(is_new=is_new)

    # -- beginning ---------------------------------------------------------------------------------
    def _begin(self, *, is_new: bool) -> None:
        events = {"odk-instance-load", "odk-instance-first-load"} if is_new else {"odk-instance-load"}
        wanted = [pair for pair in self.program.actions if pair[0]["event"] in events]
        for action, evaluate in wanted:
            if action.get("preload"):
                for instance in self._instances(action["node"]):
                    self._store(instance, evaluate(instance, Environment(self, instance)))
        self._flush()
        for action, evaluate in wanted:
            if not action.get("preload"):
                for instance in self._instances(action["node"]):
                    self._act(instance, evaluate)
        self._settle()
        self._started = True

    # -- steps -------------------------------------------------------------------------------------
    def set(self, path: str, text: str) -> None:
        """Answer a question. Raises :class:`StepRefused` where the path leads to none, or it is readonly."""
        self.set_value(self.find(path), text)

    def set_value(self, instance: Instance, text: str) -> None:
        """Answer a question whose node is known."""
        layout = self.program.layout
        if layout.kinds[instance.node] != "value":
            raise StepRefused(f"{self.path(instance)} is a {layout.kinds[instance.node]}, and has no value.")
        above: Instance | None = instance
        while above is not None:
            if above.readonly:
                raise StepRefused(f"{self.path(instance)} is readonly.")
            above = above.parent
        how_many = self.program.choices[instance.node]
        if how_many:
            text = choosing(text, how_many, instance.items or [])
        self._store(instance, text)
        self._settle()

    def add(self, path: str) -> Instance:
        """Add an instance at the end of a repeat, and return it."""
        parent, number = self._repeat(path)
        if (number, "count") in self.program.facet_at:
            raise StepRefused(f"How many there are of {path} is computed; none can be added.")
        siblings = parent.kids[number]
        if isinstance(siblings, list) and len(siblings) >= MOST_INSTANCES:
            raise StepRefused(f"{path} has {MOST_INSTANCES:,} instances; more are not made.")
        instance = self._append(parent, number)
        self._settle()
        return instance

    def remove(self, path: str) -> None:
        """Remove an instance of a repeat; those after it move up."""
        instance = self.find(path)
        if self.program.layout.kinds[instance.node] != "repeat":
            raise StepRefused(f"{path} is no repeat; nothing of it can be removed.")
        if (instance.node, "count") in self.program.facet_at:
            raise StepRefused(f"How many there are of {path} is computed; none can be removed.")
        self._take_away(instance)
        self._settle()

    def finish(self) -> None:
        """What is set when the instance is finished, e.g. the time of its end."""
        for action, evaluate in self.program.actions:
            if action["event"] == "xforms-revalidate":
                for instance in self._instances(action["node"]):
                    self._store(instance, evaluate(instance, Environment(self, instance)))
        self._settle()

    # -- looking -----------------------------------------------------------------------------------
    def nodes(self) -> dict[str, NodeState]:
        """Every value by its path, with positions in every repeat."""
        kinds = self.program.layout.kinds
        return {
            path: {"value": each.value, "relevant": each.live, "valid": self.is_valid(each)}
            for path, each in self._with_paths(self.root, self.path(self.root))
            if kinds[each.node] == "value"
        }

    def _with_paths(self, instance: Instance, path: str) -> Iterator[tuple[str, Instance]]:
        yield path, instance
        for number, kid in instance.kids.items():
            below = f"{path}/{self.program.layout.names[number]}"
            if isinstance(kid, list):
                for place, each in enumerate(kid, start=1):
                    yield from self._with_paths(each, f"{below}[{place}]")
            else:
                yield from self._with_paths(kid, below)

    def values(self) -> Iterator[Instance]:
        """The instances that hold values, in document order."""
        kinds = self.program.layout.kinds
        return (each for each in self.root.everything() if kinds[each.node] == "value")

    def is_valid(self, instance: Instance) -> bool:
        """Whether required and constraint are met."""
        if not instance.live:
            return True
        return instance.constraint if instance.value else not instance.required

    def path(self, instance: Instance) -> str:
        """The path with positions in every repeat."""
        name = self.program.layout.names[instance.node]
        parent = instance.parent
        if parent is None:
            return f"/{name}"
        siblings = parent.kids.get(instance.node)
        place = f"[{siblings.index(instance) + 1}]" if isinstance(siblings, list) else ""
        return f"{self.path(parent)}/{name}{place}"

    def find(self, path: str) -> Instance:
        """The instance at a path; without a position the first of a repeat. Raises :class:`StepRefused`."""
        layout = self.program.layout
        (name, _), *rest = parse_path(path)
        if name != layout.names[0]:
            raise StepRefused(f"There is no {path}; the root is /{layout.names[0]}.")
        instance = self.root
        for name, position in rest:
            number = layout.by_name[instance.node].get(name)
            if number is None:
                raise StepRefused(f"There is no {path}: {self.path(instance)} has no {name}.")
            kid = instance.kids[number]
            if isinstance(kid, list):
                place = 1 if position is None else position
                if not 1 <= place <= len(kid):
                    raise StepRefused(f"There is no {path}: {self.path(instance)} has {len(kid)} of {name}.")
                instance = kid[place - 1]
            elif position not in (None, 1):
                raise StepRefused(f"There is no {path}: {name} is no repeat.")
            else:
                instance = kid
        return instance

    def _repeat(self, path: str) -> tuple[Instance, int]:
        head, _, tail = path.rstrip("/").rpartition("/")
        name = parse_path(f"/{tail}")[0][0]
        parent = self.find(head) if head else None
        number = None if parent is None else self.program.layout.by_name[parent.node].get(name)
        if parent is None or number is None or self.program.layout.kinds[number] != "repeat":
            raise StepRefused(f"{path} is no repeat of this form.")
        return parent, number

    def choice_name(self, instance: Any, value: str) -> str:
        """The label of a choice of a node, in the session's language."""
        return choice_label(self, instance, value)

    def text_by_id(self, key: str, node: Any) -> str:
        """A text of the form by its id, in the session's language."""
        return say(self, f"itext {key}", self.program.form.get("texts", {}).get(key, {}), node)
