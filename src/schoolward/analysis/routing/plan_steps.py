"""Two plans of one school laid side by side must not tell where a child lives.

A street with 40 pupils on Monday and 41 on Friday leads to whoever came in between; so does a street that has
no number on Friday, if only the streets on that child's way lost theirs. So a number that was told stays as
it is until at least as many pupils as may be shown came or went there, and a street that had none gets none,
as long as most pupils are the same. Counts of minutes, who can walk and fixes move all together or not at
all. Where the number of all pupils moves by fewer, the earlier plan stands whole.

Each plan is held against every one of the school year: what is hidden today was told before.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace

from schoolward.analysis.disclosure import SuppressionPolicy
from schoolward.analysis.routing.school_plans import FixShown, SchoolFigures, StreetShown, StreetWalked

__all__ = ["Earlier", "FixKey", "is_step", "stepped", "street_key"]

FixKey = tuple[Hashable, ...]
"""What a fix is and where, the same in every plan."""


@dataclass(frozen=True)
class Earlier:
    """What an earlier plan of the same school year showed; None where a number was hidden."""

    pupils: int
    sheds: Mapping[int, int | None]  # by minutes
    can_walk: int | None
    streets: Mapping[tuple[float, ...], int]  # those with a number, by `street_key`
    fixes: Mapping[FixKey, int | None]

    @property
    def cannot_walk(self) -> int | None:
        """All others."""
        return None if self.can_walk is None else self.pupils - self.can_walk


def is_step(before: int | None, after: int | None, policy: SuppressionPolicy) -> bool:
    """Whether a figure may stand beside the earlier one: nothing or enough came or went, or one is hidden."""
    return before is None or after is None or not policy.is_small(abs(after - before))


def street_key(line: list[tuple[float, float]]) -> tuple[float, ...]:
    """What a piece of street is known by again: its ends and its middle."""
    middle = line[len(line) // 2]
    return (*line[0], *middle, *line[-1], len(line))


def stepped(
    found: SchoolFigures,
    earlier: Sequence[Earlier],
    fix_keys: Sequence[FixKey],
    policy: SuppressionPolicy | None = None,
) -> SchoolFigures | None:
    """The figures that may stand beside those of the earlier plans; None where the last one stands.

    Args:
        found: what a plan without an earlier one would show, and whom every street is walked by.
        earlier: what the plans of this school year showed, the newest last.
        fix_keys: of each fix, in the order in which `found` numbers them.
        policy: which counts are small.
    """
    if not earlier:
        return found
    policy = policy or SuppressionPolicy()
    if not all(is_step(one.pupils, found.pupils, policy) for one in earlier):
        return None
    last = earlier[-1]
    # Where half of the pupils are others, what appears and what is gone tells of no single one.
    anew = 2 * abs(found.pupils - last.pupils) >= last.pupils
    same = found.pupils == last.pupils
    streets = [_street(one, earlier, policy, anew=anew) for one in found.walked]
    sheds = found.sheds
    if not _sheds_move(found, earlier, policy, anew=anew):
        sheds = [(minutes, last.sheds.get(minutes) if same else None) for minutes, _count in found.sheds]
    can_walk, cannot_walk, fixes = found.can_walk, found.cannot_walk, found.fixes
    if not _walkers_move(found, earlier, fix_keys, policy, anew=anew):
        can_walk, cannot_walk = (last.can_walk, last.cannot_walk) if same else (None, None)
        number_of = {key: number for number, key in enumerate(fix_keys)}
        fixes = [FixShown(number_of[key], frees) for key, frees in last.fixes.items() if key in number_of]
        fixes = fixes if same else []
    return replace(
        found,
        sheds=sheds,
        can_walk=can_walk,
        cannot_walk=cannot_walk,
        streets=sorted((one for one in streets if one is not None), key=lambda one: -(one.pupils or 0)),
        fixes=fixes,
    )


def _street(
    one: StreetWalked, earlier: Sequence[Earlier], policy: SuppressionPolicy, *, anew: bool
) -> StreetShown | None:
    """A street with the number that it may bear; None where it is not drawn."""
    key = street_key(one.shown.line)
    now = earlier[-1].streets.get(key)
    moves = all(is_step(before.streets.get(key), one.pupils, policy) for before in earlier)
    if now is not None and abs(one.pupils - now) < policy.threshold:
        number: int | None = now
    else:
        number = one.shown.pupils if moves and (anew or now is not None) else None
    return replace(one.shown, pupils=number) if number is not None or one.suggested else None


def _sheds_move(
    found: SchoolFigures, earlier: Sequence[Earlier], policy: SuppressionPolicy, *, anew: bool
) -> bool:
    """Whether the counts within so many minutes move by steps, and what lies between two of them does."""
    last = earlier[-1]
    if not anew and any((count is None) != (last.sheds.get(at) is None) for at, count in found.sheds):
        return False
    for one in earlier:
        moved = 0
        for minutes, count in found.sheds:
            before = one.sheds.get(minutes)
            if count is None or before is None:
                continue
            move, rest = count - before, found.pupils - one.pupils
            if any(policy.is_small(abs(part)) for part in (move, move - moved, rest - move)):
                return False
            moved = move
    return True


def _less(count: int | None, part: int | None) -> int | None:
    return None if count is None or part is None else count - part


def _surely(frees: int | None, policy: SuppressionPolicy) -> bool:
    """Whether a fix that was or is told frees so many more than the most that is not told."""
    return frees is not None and frees - (policy.threshold - 1) >= policy.threshold


def _walkers_move(
    found: SchoolFigures,
    earlier: Sequence[Earlier],
    fix_keys: Sequence[FixKey],
    policy: SuppressionPolicy,
    *,
    anew: bool,
) -> bool:
    """Whether who can walk, who cannot, and whom each fix frees move by steps."""
    last = earlier[-1]
    told = {fix_keys[one.fix]: one.frees for one in found.fixes}
    if not anew:
        if (found.can_walk is None) != (last.can_walk is None):
            return False
        for key, frees in told.items():
            if key in last.fixes:
                if (frees is None) != (last.fixes[key] is None):
                    return False
            elif not _surely(frees, policy):
                return False
        tried = {fix_keys[one] for one in found.tried}
        gone = last.fixes.keys() & set(fix_keys) - told.keys()  # one that was made is no more asked about
        if not all(key in tried and _surely(last.fixes[key], policy) for key in gone):
            return False
    return all(
        is_step(one.can_walk, found.can_walk, policy)
        and is_step(one.cannot_walk, found.cannot_walk, policy)
        and all(
            is_step(_less(one.sheds.get(minutes), one.can_walk), _less(count, found.can_walk), policy)
            for minutes, count in found.sheds
        )
        and all(is_step(one.fixes.get(key), frees, policy) for key, frees in told.items())
        for one in earlier
    )
