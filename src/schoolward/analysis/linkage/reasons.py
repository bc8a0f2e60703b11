"""Why a pair was decided as it was, in a sentence that names facts and never their values."""

from __future__ import annotations

from collections.abc import Mapping

from schoolward.analysis.linkage.deciding import Decision, Thresholds
from schoolward.analysis.linkage.levels import COMPARISONS, KIN_ENOUGH, MISSING, ONCE

_TITLES = {comparison.field: comparison.title for comparison in COMPARISONS}


def reason(
    decision: Decision,
    weight: float,
    kin: int,
    levels: Mapping[str, str],
    thresholds: Thresholds,
    *,
    chained: bool,
    outdone: bool,
) -> str:
    """Return the reason of one pair. `levels` are the names of the levels by field."""
    equal = [_TITLES[field] for field, level in levels.items() if level == "equal"]
    agree = f"equal: {', '.join(equal)}" if equal else "nothing is equal"
    if decision is Decision.SAME:
        return f"By more than twins or siblings share ({agree})."
    if decision is Decision.DIFFERENT:
        return f"Too little agrees ({agree})."
    if chained:
        return "Sure by itself, but in a chain with records that contradict each other."
    if outdone:
        return "Sure by itself, but one of the two records has another such pair."
    parts = []
    if kin < KIN_ENOUGH:
        doubts = _doubts(levels)
        parts.append("Could be twins or siblings" + (f": {doubts}" if doubts else ""))
    if weight < thresholds.same_bits:
        parts.append(f"{'too' if parts else 'Too'} little agrees to be sure without the household")
    if not parts:
        parts.append(
            "The name is so common that two children may have it and one birthday, and nothing else tells"
        )
    return "; ".join(parts) + "."


def _doubts(levels: Mapping[str, str]) -> str:
    doubts = []
    if "given" not in levels:
        doubts.append("a first name is missing")
    for comparison in COMPARISONS:
        name = levels.get(comparison.field)
        if name is None or comparison.shared:
            continue
        level = comparison.levels[comparison.level(name)]
        if comparison.field == "given" and level.kin < KIN_ENOUGH:
            doubts.append(f"first name {level.name}")
        elif name == comparison.levels[MISSING].name:
            doubts.append(f"{comparison.title} missing")
        elif name == ONCE:
            doubts.append(f"{comparison.title} in one record only")
        elif level.kin < 0:
            doubts.append(f"{comparison.title}: {level.name}")
    return ", ".join(doubts)
