"""Two plans of one school laid side by side must not tell where a newcomer lives.

A street with 40 pupils on Monday and 41 on Friday leads to whoever came in between. So between two plans of
one school year a figure moves by nothing or by as many as may be shown; else the newer plan does not show it.
Where the number of all pupils moves by fewer, the earlier plan stands. Each plan is held against every one of
the year: what is hidden today stays held against what was shown before.

Leaving a street out of a plan is always safe: groups of pupils who share all streets that are shown can only
grow by it (`segments`).
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace

from schoolward.analysis.disclosure import SuppressionPolicy
from schoolward.analysis.routing.school_plans import SchoolFigures, StreetShown

__all__ = ["Earlier", "is_step", "stepped", "street_key"]


def is_step(before: int | None, after: int | None, policy: SuppressionPolicy) -> bool:
    """Whether a figure may stand beside the earlier one: nothing or enough came or went, or one is hidden."""
    return before is None or after is None or not policy.is_small(abs(after - before))


@dataclass(frozen=True)
class Earlier:
    """What an earlier plan of the same school year showed; None where a number was hidden."""

    pupils: int
    sheds: Mapping[int, int | None]  # by minutes
    can_walk: int | None
    streets: Mapping[tuple[float, ...], int | None]  # by `street_key`
    fixes: Mapping[tuple[Hashable, ...], int | None]  # by what they are and where


def street_key(line: list[tuple[float, float]]) -> tuple[float, ...]:
    """What a piece of street is known by again: its ends and its middle."""
    middle = line[len(line) // 2]
    return (*line[0], *middle, *line[-1], len(line))


def stepped(
    found: SchoolFigures,
    earlier: Earlier,
    fix_keys: Mapping[int, tuple[Hashable, ...]],
    policy: SuppressionPolicy | None = None,
) -> SchoolFigures | None:
    """The figures that may stand beside an earlier plan's; None where the earlier one stands."""
    policy = policy or SuppressionPolicy()
    if not is_step(earlier.pupils, found.pupils, policy):
        return None

    def street(one: StreetShown) -> StreetShown:
        before = earlier.streets.get(street_key(one.line))
        return one if is_step(before, one.pupils, policy) else replace(one, pupils=None)

    cannot_before = None if earlier.can_walk is None else earlier.pupils - earlier.can_walk
    can_is_step = is_step(earlier.can_walk, found.can_walk, policy) and is_step(
        cannot_before, found.cannot_walk, policy
    )
    return replace(
        found,
        sheds=_sheds(found, earlier, policy),
        can_walk=found.can_walk if can_is_step else None,
        cannot_walk=found.cannot_walk if can_is_step else None,
        streets=[street(one) for one in found.streets],
        fixes=[
            one
            if is_step(earlier.fixes.get(fix_keys[one.fix]), one.frees, policy)
            else replace(one, frees=None)
            for one in found.fixes
        ]
        if can_is_step
        else [],
    )


def _sheds(found: SchoolFigures, earlier: Earlier, policy: SuppressionPolicy) -> list[tuple[int, int | None]]:
    """The counts within so many minutes that move by steps, as does what lies between two of them."""
    moved, shown = 0, []
    for minutes, count in found.sheds:
        before = earlier.sheds.get(minutes)
        if count is not None and before is not None:
            move, rest = count - before, found.pupils - earlier.pupils
            if any(policy.is_small(abs(one)) for one in (move, move - moved, rest - move)):
                count = None
            else:
                moved = move
        shown.append((minutes, count))
    return shown
