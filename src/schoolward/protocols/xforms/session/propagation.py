"""What follows from a change, evaluated in the order of the compiled form and only where it can differ."""

from __future__ import annotations

import heapq
from typing import Any, cast

from .building import Builder
from .environment import Asked, Environment
from .moments import moment_of
from .programs import Facet, Program
from .sources import Sources
from .steps import StepRefused
from .stored import chosen, stored_text, within
from .tree import NOT_YET, Instance, places_of

MOST_ROUNDS = 1_000
"""So often may a facet be evaluated again in one step, and values set in the wake of each other."""
MOST_INSTANCES = 10_000
"""More instances of one repeat are not made, whatever its count says."""


MOST_CHARACTERS = 1_000_000
"""A longer value is refused; only a calculation that feeds on itself makes one."""


class Propagation:
    """The instance of a session, and what is waiting to be evaluated in it."""

    def __init__(self, program: Program, sources: Sources, element: list[Any], *, is_new: bool) -> None:
        self.program = program
        self.sources = sources
        self.offset = sources.offset
        self.now = moment_of(sources.now.astimezone(self.offset))
        midnight = sources.now.astimezone(self.offset).replace(hour=0, minute=0, second=0, microsecond=0)
        self.today = moment_of(midnight)
        self.singles: list[Any] = [None] * len(program.layout.nodes)
        self._pending: dict[int, dict[Instance, None]] = {}
        self._waiting: list[int] = []
        self._rounds: dict[int, int] = {}
        self._arrived: list[Instance] = []
        self._altered: dict[Instance, None] = {}
        self._started = False
        self._builder = Builder(program)
        self.root = self._builder.root(element, is_new=is_new)
        for instance in self.root.everything():
            self._arrive(instance)

    def _environment(self, instance: Instance) -> Environment:
        return Environment(cast("Asked", self), instance)

    def _arrive(self, instance: Instance) -> None:
        """A new instance: all its facets must be evaluated, and its value is read for the first time."""
        if not self.program.layout.repeats[instance.node]:
            self.singles[instance.node] = instance
        instance.items = self.program.static_items[instance.node]
        parent = instance.parent
        instance.live = parent is None or parent.live
        for facet in self.program.facets_of[instance.node]:
            if self.program.facets[facet].name != "count":
                self._mark(facet, instance)
        for child in self.program.layout.children[instance.node]:
            counted = self.program.facet_at.get((child, "count"))
            if counted is not None:
                self._mark(counted, instance)
        instance.value = self._read(instance)
        instance.number = NOT_YET

    def _instances(self, number: int, top: Instance | None = None) -> list[Instance]:
        found = [self.root]
        for step in self.program.layout.chain(0, number):
            below: list[Instance] = []
            for instance in found:
                kid = instance.kids[step]
                below += kid if isinstance(kid, list) else [kid]
            found = below
        return found if top is None else [each for each in found if top in each.around]

    def _store(self, instance: Instance, text: str) -> None:
        number = instance.node
        if len(text) > MOST_CHARACTERS:
            self._forget()
            path = self.program.layout.nodes[number]["path"]
            raise StepRefused(f"The value of {path} would be longer than {MOST_CHARACTERS:,} characters.")
        text = stored_text(text, self.program.layout.types[number])
        bounds = self.program.bounds[number]
        instance.base = within(text, bounds) if bounds and text else text
        self._refresh(instance)

    def _read(self, instance: Instance) -> str:
        if not instance.live or not instance.base:
            return ""
        how_many = self.program.choices[instance.node]
        return chosen(instance.base, how_many, instance.items or []) if how_many else instance.base

    def _refresh(self, instance: Instance) -> None:
        value = self._read(instance)
        if value != instance.value:
            instance.value = value
            instance.number = NOT_YET
            self._altered[instance] = None
            self._changed(instance)

    def _changed(self, instance: Instance) -> None:
        """Mark whoever reads a node that has changed."""
        for reader in self.program.readers[instance.node]:
            if reader.shared:
                top = instance.around[reader.shared - 1]
                if top.gone:
                    continue
            else:
                top = self.root
            self._mark_below(reader.facet, top, reader.chain)

    def _mark_below(self, facet: int, top: Instance, chain: tuple[int, ...]) -> None:
        if self.program.facets[facet].name == "count":
            chain = chain[:-1]
        found = [top]
        for number in chain:
            if len(found) == 1:
                kid = found[0].kids[number]
                found = kid if isinstance(kid, list) else [kid]
                continue
            below: list[Instance] = []
            for each in found:
                kid = each.kids[number]
                below += kid if isinstance(kid, list) else [kid]
            found = below
        for instance in found:
            self._mark(facet, instance)

    def _mark(self, facet: int, instance: Instance) -> None:
        waiting = self._pending.get(facet)
        if waiting is None:
            self._pending[facet] = {instance: None}
            heapq.heappush(self._waiting, facet)
        else:
            waiting[instance] = None

    def _append(self, parent: Instance, number: int) -> Instance:
        instance = self._builder.instance(parent, number)
        siblings = parent.kids[number]
        if isinstance(siblings, list):
            siblings.append(instance)
        for each in instance.everything():
            self._arrive(each)
            self._changed(each)
        self._arrived.append(instance)
        return instance

    def _take_away(self, instance: Instance) -> None:
        parent = instance.parent
        siblings = [] if parent is None else parent.kids[instance.node]
        if not isinstance(siblings, list):
            return
        place = len(siblings) - 1 if siblings[-1] is instance else siblings.index(instance)
        del siblings[place]
        gone = list(instance.everything())
        for each in gone:
            each.gone = True
        for each in gone:
            self._changed(each)
        for moved in siblings[place:]:
            self._changed(moved)

    # -- evaluation ----------------------------------------------------------------------------------------
    def _settle(self) -> None:
        """Evaluate what is marked, and do what happens in its wake, until nothing is left."""
        self._rounds.clear()
        rounds = 0
        while True:
            self._flush()
            arrived, self._arrived = self._arrived, []
            altered, self._altered = list(self._altered), {}
            if not arrived and not (altered and self._started):
                return
            rounds += 1
            if rounds > MOST_ROUNDS:
                self._forget()
                path = self.program.layout.nodes[(arrived or altered)[0].node]["path"]
                raise StepRefused(f"{path} and what is set when it changes do not come to rest.")
            for instance in arrived:
                self._happen("odk-new-repeat", instance)
            if self._started:
                for instance in altered:
                    self._trigger(instance)
            if not self._waiting and not self._arrived and not self._altered:
                return

    def _happen(self, event: str, top: Instance) -> None:
        for action, evaluate in self.program.actions:
            if action["event"] == event and top.node in self.program.layout.repeats[action["node"]]:
                for instance in self._instances(action["node"], top):
                    self._act(instance, evaluate)

    def _trigger(self, source: Instance) -> None:
        for action, evaluate in self.program.actions:
            if (
                action["event"] != "xforms-value-changed"
                or action.get("source") != source.node
                or source.gone
            ):
                continue
            around = self.program.layout.repeats[action["node"]]
            shared = [each for each in source.around if each.node in around]
            for instance in self._instances(action["node"], shared[-1] if shared else None)[:1]:
                self._act(instance, evaluate)

    def _act(self, instance: Instance, evaluate: Any) -> None:
        if instance.live:
            self._store(instance, evaluate(instance, self._environment(instance)))
            self._flush()

    def _flush(self) -> None:
        facets = self.program.facets
        while self._waiting:
            number = heapq.heappop(self._waiting)
            instances = self._pending.pop(number)
            facet = facets[number]
            self._guard(number, facet)
            ordered = instances if len(instances) == 1 else self._in_order(instances)
            for instance in ordered:
                if not any(each.gone for each in instance.around):
                    self._evaluate(facet, instance)

    def _guard(self, number: int, facet: Facet) -> None:
        rounds = self._rounds[number] = self._rounds.get(number, 0) + 1
        if rounds > MOST_ROUNDS:
            self._forget()
            path = self.program.layout.nodes[facet.node]["path"]
            raise StepRefused(
                f"{path} and what it reads depend on each other and do not come to rest ({facet.name})."
            )

    def _forget(self) -> None:
        """Leave what was marked: the step is refused."""
        self._pending.clear()
        self._waiting.clear()
        self._arrived.clear()
        self._altered.clear()

    def _in_order(self, instances: dict[Instance, None]) -> list[Instance]:
        """In document order, so that a running total is right after one round."""
        places: dict[int, dict[Instance, int]] = {}
        return sorted(instances, key=lambda instance: places_of(instance, places))

    def _evaluate(self, facet: Facet, instance: Instance) -> None:
        name = facet.name
        if name == "calculate":
            if instance.live:
                text = facet.evaluate(instance, self._environment(instance))
                if text != instance.base or instance.value != text:
                    self._store(instance, text)
        elif name == "relevant":
            relevant = facet.evaluate(instance, self._environment(instance))
            if relevant != instance.is_relevant:
                instance.is_relevant = relevant
                self._relive(instance)
        elif name == "count":
            self._recount(facet, instance)
        elif name == "items":
            env = self._environment(instance)
            nodes = facet.evaluate(instance, env)
            value = facet.value
            instance.items = [] if value is None else [value(node, env) for node in nodes]
            self._refresh(instance)
        elif name == "constraint":
            instance.constraint = facet.evaluate(instance, self._environment(instance))
        elif name == "required":
            instance.required = facet.evaluate(instance, self._environment(instance))
        else:
            instance.readonly = facet.evaluate(instance, self._environment(instance))

    def _relive(self, instance: Instance) -> None:
        """Relevance came or went: so do the values below, and calculations run that had to wait."""
        live = instance.is_relevant and (instance.parent is None or instance.parent.live)
        if live == instance.live:
            return
        instance.live = live
        calculated = self.program.facet_at.get((instance.node, "calculate"))
        if live and calculated is not None:
            self._mark(calculated, instance)
        self._refresh(instance)
        for child in instance.children():
            self._relive(child)

    def _recount(self, facet: Facet, parent: Instance) -> None:
        around = Instance(facet.node, parent)
        wanted = facet.evaluate(around, self._environment(around))
        siblings = parent.kids[facet.node]
        if wanted != wanted or not isinstance(siblings, list):
            return
        number = int(min(max(wanted, 0), MOST_INSTANCES))
        while len(siblings) > number:
            self._take_away(siblings[-1])
        while len(siblings) < number:
            self._append(parent, facet.node)
