"""Tables of counts that are given once a month: what was given last, and what may be given next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from schoolward.domains.cases.models import CountEdition
from schoolward.platform.measures.registry import FEWEST_STUDENTS
from schoolward.platform.measures.steps import may_follow


@dataclass(frozen=True)
class Counted:
    """A cohort as it stands: its counts by name, and as far as they may be told by themselves."""

    cohort: str
    counts: Mapping[tuple[str, ...], int]
    told: Mapping[tuple[str, ...], int | None]
    invented: bool
    about: str = ""


def latest(table: str) -> list[CountEdition]:
    """The last edition of each cohort of a table, by cohort."""
    found = {one.cohort: one for one in CountEdition.objects.filter(table=table).order_by("counted_on")}
    return [found[cohort] for cohort in sorted(found)]


def follows(counted: Counted, before: CountEdition) -> bool:
    """Whether whoever has an edition may have these counts as well (``measures.steps.may_follow``)."""
    new = {name: (number, counted.told[name] is not None) for name, number in counted.counts.items()}
    old = {
        tuple(name.split(":")): (number, before.told[name] is not None)
        for name, number in before.counts.items()
    }
    return may_follow(new, old, FEWEST_STUDENTS)
