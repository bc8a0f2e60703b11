"""Where crossing guards protect most pupils: maximum coverage, with a bound that proves how good a choice is.

R. Church and C. ReVelle, The maximal covering location problem, Papers of the Regional Science Association
32, 1974. A pupil counts as protected when **all** crossings of the way to school are guarded ("all"), which
is what a parent asks; or, in the plain problem, when **any** is ("any"). Solved as a mixed-integer
programme by HiGHS.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

import numpy as np

from schoolward.analysis.told_instances import BadInstance, entries

MOST_CANDIDATES = 100_000
MOST_PATHS = 1_000_000
_KEYS = {"crossings", "paths", "guards", "guarded", "protects"}


class Protects(StrEnum):
    """When a pupil counts as protected."""

    ALL = "all"
    ANY = "any"


@dataclass(frozen=True)
class Instance:
    """Candidate crossings by name, the ways as sets of their indices with how many pupils take each, and
    limits.

    `guarded` are crossings that keep their guard; they count among the `guards`. A way that crosses nothing
    is safe as it is, and takes part in no choice.
    """

    crossings: tuple[str, ...]
    ways: Mapping[frozenset[int], int]
    guards: int
    guarded: frozenset[int] = frozenset()
    protects: Protects = Protects.ALL

    @cached_property
    def pupils(self) -> int:
        """All pupils whose way crosses something."""
        return sum(pupils for way, pupils in self.ways.items() if way)

    @property
    def without_crossing(self) -> int:
        """Pupils whose way crosses nothing."""
        return self.ways.get(frozenset(), 0)

    def protected(self, chosen: frozenset[int]) -> int:
        """How many pupils a choice protects."""
        if self.protects is Protects.ALL:
            return sum(pupils for way, pupils in self.ways.items() if way and way <= chosen)
        return sum(pupils for way, pupils in self.ways.items() if way & chosen)


@dataclass(frozen=True)
class Placement:
    """The chosen crossings and how many pupils they protect; no choice protects more than `bound`."""

    instance: Instance
    chosen: frozenset[int]
    bound: int

    @property
    def pupils(self) -> int:
        """How many pupils are protected."""
        return self.instance.protected(self.chosen)

    @property
    def proved(self) -> bool:
        """Whether no choice protects more."""
        return self.pupils >= self.bound

    def lost_without(self) -> dict[int, int]:
        """How many of the protected pupils each chosen crossing alone would leave without protection."""
        return {
            crossing: self.pupils - self.instance.protected(self.chosen - {crossing})
            for crossing in sorted(self.chosen)
        }


def place(instance: Instance, *, seconds: float = 30.0) -> Placement:
    """Choose where guards stand so that most pupils are protected; proved unless the time ends before."""
    first = greedy(instance)
    room = instance.guards - len(instance.guarded)
    sure, left = 0, Counter[frozenset[int]]()
    for way, pupils in sorted(instance.ways.items(), key=_named):
        rest = way.difference(instance.guarded) if instance.protects is Protects.ALL else way
        if way and (not rest or (instance.protects is Protects.ANY and way & instance.guarded)):
            sure += pupils
        elif way and (instance.protects is Protects.ANY or len(rest) <= room):
            left[rest] += pupils
    if room <= 0 or not left or seconds <= 0:
        return Placement(instance, first, sure + (left.total() if room > 0 else 0))
    chosen, bound = _programme(left, room, instance.protects, seconds)
    best = max(first, instance.guarded | chosen, key=instance.protected)
    # HiGHS' bound is right to a hair; pupils are whole.
    most = sure + (left.total() if math.isinf(bound) else math.floor(bound + 1e-6))
    return Placement(instance, best, max(most, instance.protected(best)))


def greedy(instance: Instance) -> frozenset[int]:
    """The usual way: always the choice that protects most further pupils for each further guard."""
    chosen = set(instance.guarded)
    left = {way: pupils for way, pupils in sorted(instance.ways.items(), key=_named) if way}
    while left and len(chosen) < instance.guards:
        room = instance.guards - len(chosen)
        gains: Counter[frozenset[int]] = Counter()
        if instance.protects is Protects.ANY:
            left = {way: pupils for way, pupils in left.items() if not way & chosen}
            for way, pupils in left.items():
                for crossing in way:
                    gains[frozenset((crossing,))] += pupils
        else:
            left = {way: pupils for way, pupils in left.items() if not way <= chosen}
            for way, pupils in left.items():
                if len(way - chosen) <= room:
                    gains[frozenset(way - chosen)] += pupils
        if not gains:
            break
        best = max(gains, key=lambda way: (gains[way] / len(way), gains[way], [-one for one in sorted(way)]))
        chosen |= best
    return frozenset(chosen)


def _named(entry: tuple[frozenset[int], int]) -> list[int]:
    return sorted(entry[0])


def _programme(
    ways: Mapping[frozenset[int], int], room: int, protects: Protects, seconds: float
) -> tuple[frozenset[int], float]:
    """The best further crossings and the bound on the further pupils; infinite where there is none."""
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array

    used = sorted(set().union(*ways))
    column = {crossing: index for index, crossing in enumerate(used)}
    pupils = np.array(list(ways.values()), dtype=np.float64)
    rows: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    row = 0
    # A way has its own column after those of the crossings: protected only with all, or any, of them.
    for index, way in enumerate(ways):
        members = [column[crossing] for crossing in sorted(way)]
        groups = [[member] for member in members] if protects is Protects.ALL else [members]
        for group in groups:
            rows += [row] * (len(group) + 1)
            columns += [len(used) + index, *group]
            values += [1.0, *[-1.0] * len(group)]
            row += 1
    rows += [row] * len(used)
    columns += range(len(used))
    values += [1.0] * len(used)
    matrix = csr_array((values, (rows, columns)), shape=(row + 1, len(used) + len(ways)))
    found: Any = milp(
        np.concatenate([np.zeros(len(used)), -pupils]),
        constraints=LinearConstraint(matrix, -np.inf, np.append(np.zeros(row), float(room))),
        bounds=Bounds(0.0, 1.0),
        integrality=np.concatenate([np.ones(len(used)), np.zeros(len(ways))]),
        options={"time_limit": seconds, "mip_rel_gap": 0.0},
    )
    chosen: frozenset[int] = frozenset()
    if found.x is not None:
        chosen = frozenset(np.array(used)[found.x[: len(used)] > 0.5].tolist())
    bound = getattr(found, "mip_dual_bound", None)
    return chosen, math.inf if bound is None else -float(bound)


def read_instance(told: object) -> Instance:
    """An instance from what JSON holds. Raises BadInstance.

    Example::

        {"crossings": ["Oak at Elm", "Main at 5th"], "guards": 1, "protects": "all",
         "paths": [{"crossings": ["Oak at Elm"], "pupils": 40}], "guarded": []}
    """
    told = entries(told, _KEYS, "crossings, paths and guards")
    names = _names(told.get("crossings"))
    number = {name: index for index, name in enumerate(names)}
    guards = _whole("guards", told.get("guards"), 0, len(names))
    guarded = _set("guarded", told.get("guarded", []), number)
    if len(guarded) > guards:
        raise BadInstance("guarded", f"names {len(guarded)} crossings for {guards} guards. Raise guards.")
    protects = told.get("protects", Protects.ALL.value)
    if protects not in {"all", "any"}:
        raise BadInstance("protects", f'is {protects!r}. Write "all" or "any".')
    paths = told.get("paths")
    if not isinstance(paths, list) or not paths:
        raise BadInstance("paths", "must be a list of at least one path.")
    if len(paths) > MOST_PATHS:
        raise BadInstance("paths", f"holds {len(paths):,}; count equal ones together, up to {MOST_PATHS:,}.")
    ways: Counter[frozenset[int]] = Counter()
    for index, entry in enumerate(paths):
        where = f"paths[{index}]"
        if not isinstance(entry, Mapping):
            raise BadInstance(
                where, 'must be an object, for example {"crossings": ["Oak at Elm"], "pupils": 3}.'
            )
        way = _set(f"{where}.crossings", entry.get("crossings"), number)
        ways[way] += _whole(f"{where}.pupils", entry.get("pupils", 1), 1, 1_000_000)
    return Instance(names, dict(ways), guards, guarded, Protects(protects))


def _names(told: object) -> tuple[str, ...]:
    if not isinstance(told, list) or not told or not all(isinstance(name, str) and name for name in told):
        raise BadInstance("crossings", "must be a list of at least one name.")
    if len(told) > MOST_CANDIDATES:
        raise BadInstance(
            "crossings", f"holds {len(told):,}; at most {MOST_CANDIDATES:,} can be chosen from."
        )
    twice = [name for name, times in Counter(told).items() if times > 1]
    if twice:
        raise BadInstance("crossings", f"holds {twice[0]!r} twice. Names must differ.")
    return tuple(told)


def _set(where: str, told: object, number: Mapping[str, int]) -> frozenset[int]:
    if not isinstance(told, Sequence) or isinstance(told, str):
        raise BadInstance(where, "must be a list of names of crossings.")
    for name in told:
        if not isinstance(name, str) or name not in number:
            raise BadInstance(
                where, f"names {name!r}, which is none of the crossings. Add it there, or mend it."
            )
    return frozenset(number[name] for name in told)


def _whole(where: str, told: object, least: int, most: int) -> int:
    if isinstance(told, bool) or not isinstance(told, int) or not least <= told <= most:
        raise BadInstance(where, f"is {told!r}. Write a whole number from {least} to {most:,}.")
    return told
