"""Supervision losses that fall together are one case. Pure: values in, values out.

An outage of a site takes all of its panels, but each is missed only at the end of its own time; so losses of
one site join its open case for as long as the usual interval and some more. Several sites are one outage, of
a provider or a line, where they fall within seconds of each other; what follows such an outage joins it.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

TOGETHER: Final = 300 * 1_000_000
"""A site's losses within so many microseconds of the last one join its case."""
SOON: Final = 30 * 1_000_000
"""Another site's losses within so many microseconds of the last one are of the same outage."""


@dataclass(slots=True)
class LossCase:
    """An open case of lost systems: all that were ever lost in it, and those still lost."""

    key: Hashable
    last_at: int
    opened_at: int
    lost: set[int] = field(default_factory=set)
    still: set[int] = field(default_factory=set)
    sites: set[int] = field(default_factory=set)
    """The campuses of all that were ever lost in it."""
    count: int = 0

    def as_json(self) -> dict[str, Any]:
        """What is stored with the case."""
        return {"lost": sorted(self.lost), "still": sorted(self.still), "sites": sorted(self.sites)}

    def is_near(self, at: int, within: int) -> bool:
        """Whether a loss of the moment came that close to the case. Late ones may come before its last."""
        return self.opened_at - within <= at <= self.last_at + within


@dataclass(frozen=True, slots=True)
class Lost:
    """What became of a loss: the case, whether it is new, and the systems.

    ``added`` are those that were not lost just before anyway, ``again`` those of them that had been lost in
    the case and were heard in between.
    """

    case: LossCase
    is_new: bool
    systems: tuple[int, ...]
    added: tuple[int, ...]
    again: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Restored:
    """What became of a restoral: the case, the systems, and whether none is lost any more."""

    case: LossCase
    systems: tuple[int, ...]
    is_whole: bool


class Losses:
    """The open cases of lost systems, from the oldest to the newest."""

    def __init__(self, open_cases: Iterable[LossCase] = ()) -> None:
        self._cases = list(open_cases)
        self._made = 0

    def lose(self, systems: Mapping[int, int], at: int) -> list[Lost]:
        """Systems, each with its site, were not heard from. One entry a case that it concerns."""
        of_site: dict[int, tuple[LossCase, list[int]]] = {}
        others: list[int] = []
        for system, site in systems.items():
            case = self._of_site(site, at)
            if case is None:
                others.append(system)
            else:
                of_site.setdefault(id(case), (case, []))[1].append(system)
        found = [self._add(case, some, systems, at) for case, some in of_site.values()]
        if others:
            found.append(self._add(self._of_outage(at), others, systems, at))
        return found

    def _of_site(self, site: int, at: int) -> LossCase | None:
        near = (case for case in reversed(self._cases) if site in case.sites and case.is_near(at, TOGETHER))
        return next(near, None)

    def _of_outage(self, at: int) -> LossCase | None:
        for case in reversed(self._cases):
            if case.is_near(at, TOGETHER if len(case.sites) > 1 else SOON):
                return case
        return None

    def _add(self, joined: LossCase | None, some: Sequence[int], sites: Mapping[int, int], at: int) -> Lost:
        case = joined
        if case is None:
            self._made += 1
            case = LossCase(key=("lost", self._made), last_at=at, opened_at=at)
            self._cases.append(case)
        added = tuple(system for system in some if system not in case.still)
        again = tuple(system for system in added if system in case.lost)
        case.lost.update(some)
        case.still.update(some)
        case.sites.update(sites[system] for system in some)
        case.count += len(some)
        case.last_at = max(case.last_at, at)
        return Lost(case, joined is None, tuple(some), added, again)

    def restore(self, systems: Sequence[int], at: int) -> list[Restored]:
        """Systems were heard again. One entry a case that it concerns."""
        found = []
        for case in self._cases:
            back = tuple(system for system in systems if system in case.still)
            if back:
                case.still.difference_update(back)
                found.append(Restored(case, back, not case.still))
        return found
