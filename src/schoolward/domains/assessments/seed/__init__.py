"""The demonstration's assessments: every site before and after its recommendations. All invented.

Before: the environmental design walk that the demonstration's recommendations say they came from, so that
each failed item is covered by the very work that is there. After: the same sites in the spring of 2012.
"""

from __future__ import annotations

from random import Random

from schoolward.domains.assessments.actions import load_shipped
from schoolward.domains.assessments.models import Walk
from schoolward.domains.assessments.seed.cast import cast_of
from schoolward.domains.assessments.seed.others import other_kinds, pieces_of_upkeep, to_come
from schoolward.domains.assessments.seed.walks import walk_before_and_after
from schoolward.platform.demo.registry import SeedContext, seed


@seed(40, "assessments")
def assessments(context: SeedContext) -> str:
    """Make the instruments, the walks before and after, and a little of everything else. Runs once."""
    if Walk.objects.exists():
        return "already there"
    random = Random(context.random_seed)  # noqa: S311 - a repeatable story, not a secret
    load_shipped(by=context.by, at=context.at)
    cast = cast_of(context)
    walks, findings = walk_before_and_after(context, cast, random)
    other_kinds(context, cast, random)
    to_come(context, cast, random)
    pieces_of_upkeep(context, cast)
    return f"{walks} invented walks with {findings} findings"
