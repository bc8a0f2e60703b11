"""The works that money could buy: accepted, unfunded, with an estimate, at a site; why others are none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import Q

from schoolward.domains.assessments import queries as assessments
from schoolward.domains.funding.benefits import Basis, bases_of
from schoolward.domains.funding.dated_rules import TradeRule, rule_for_trade
from schoolward.domains.funding.models import CandidateFact, FactKind, LinkKind, PriceOption, WorkLink
from schoolward.domains.funding.queries.entered import facts, links, options
from schoolward.domains.work import queries as work
from schoolward.platform.access.viewer import Viewer

#: States of work that somebody pays already, or has paid.
PAID = frozenset({"funded", "scheduled", "done", "verified"})


class NoCandidate(StrEnum):
    """Why accepted work that nobody pays is no candidate."""

    NO_ESTIMATE = "no_estimate"
    COSTS_NOTHING = "costs_nothing"
    NO_SITE = "no_site"
    NO_RULE = "no_rule"  # no category and days hold for its trade on the day
    NEEDS_OTHER = "needs_other"  # what it needs is neither paid nor a candidate
    REPLACED = "replaced"  # what excludes it is paid already


@dataclass(frozen=True)
class CandidateNow:
    """A work that a plan may choose, with everything that a plan needs to know of it.

    ``facts`` are what a person said instead of a default, by their kind. ``requires`` and ``conflicts`` are
    references of other candidates.
    """

    work: Any
    rule: TradeRule | None
    bases: tuple[Basis, ...]
    facts: Mapping[str, CandidateFact]
    links: tuple[WorkLink, ...]
    options: tuple[PriceOption, ...]
    requires: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()

    @property
    def reference(self) -> str:
        """The work's reference, which names it in a plan."""
        return str(self.work.reference)

    @property
    def category(self) -> str:
        """The budget category that it is paid under."""
        said = self.facts.get(FactKind.CATEGORY)
        return said.value if said is not None else self.rule.category if self.rule is not None else ""

    @property
    def lead_days(self) -> int | None:
        """Days until it is done."""
        said = self.facts.get(FactKind.LEAD_DAYS)
        return int(said.value) if said is not None else self.rule.lead_days if self.rule is not None else None

    @property
    def computed_benefit(self) -> float:
        """The risk points behind it, whatever a person says."""
        return float(sum(basis.points for basis in self.bases))

    @property
    def benefit(self) -> float:
        """The risk points that a plan reckons with."""
        said = self.facts.get(FactKind.BENEFIT)
        return float(said.value) if said is not None else self.computed_benefit

    @property
    def bundle(self) -> str:
        """The word of its bundle, or an empty text."""
        said = self.facts.get(FactKind.BUNDLE)
        return said.value if said is not None else ""


@dataclass(frozen=True)
class LeftAside:
    """Accepted work that no plan can choose, and why. ``other`` is a work that stands in its way."""

    work: Any
    why: NoCandidate
    other: str = ""


@dataclass(frozen=True)
class CandidatesNow:
    """The candidates by reference, and accepted work that is none."""

    ready: tuple[CandidateNow, ...]
    aside: tuple[LeftAside, ...]


@dataclass
class _Sorting:
    """Candidates while what they depend on is looked at."""

    ready: dict[int, CandidateNow] = field(default_factory=dict)
    aside: dict[int, LeftAside] = field(default_factory=dict)

    def put_aside(self, found: Any, why: NoCandidate, other: str = "") -> None:
        self.ready.pop(found.pk, None)
        self.aside[found.pk] = LeftAside(found, why, other)


def candidates_now(viewer: Viewer, *, on: date) -> CandidatesNow:
    """The accepted works without money that the viewer may see, as candidates or put aside, by reference."""
    found = list(work.work_items(viewer).filter(state="accepted").order_by("reference"))
    numbers = [one.pk for one in found]
    behind = assessments.findings_behind(viewer, numbers)
    said = _by_work(facts(viewer).filter(work__in=numbers))
    tied = _by_work(links(viewer).filter(Q(work__in=numbers) | Q(other__in=numbers)))
    priced = _by_work(options(viewer).filter(work__in=numbers))
    sorting = _Sorting()
    for one in found:
        made = CandidateNow(
            work=one,
            rule=rule_for_trade(one.trade, on),
            bases=bases_of(behind.get(one.pk, []), title=one.title, severity=one.severity, on=on),
            facts={row.fact: row for row in said[one.pk]},
            links=tuple(tied[one.pk]),
            options=tuple(priced[one.pk]),
        )
        why = _why_not(made)
        if why is None:
            sorting.ready[one.pk] = made
        else:
            sorting.put_aside(one, why)
    _tie(sorting)
    ready = tuple(_with_ties(one, sorting) for one in sorting.ready.values())
    aside = tuple(sorted(sorting.aside.values(), key=lambda one: str(one.work.reference)))
    return CandidatesNow(ready, aside)


def _by_work(rows: Any) -> dict[int, list[Any]]:
    """Rows by the work that they are of; a tie is of both its works."""
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.work_id].append(row)
        if isinstance(row, WorkLink):
            found[row.other_id].append(row)
    return found


def _why_not(made: CandidateNow) -> NoCandidate | None:
    if made.work.estimate_cents is None:
        return NoCandidate.NO_ESTIMATE
    if made.work.estimate_cents == 0:
        return NoCandidate.COSTS_NOTHING
    if made.work.campus_id is None:
        return NoCandidate.NO_SITE
    if not made.category or made.lead_days is None:
        return NoCandidate.NO_RULE
    return None


def _tie(sorting: _Sorting) -> None:
    """Put aside what depends on work that is not to be had, until nothing more is."""
    is_changing = True
    while is_changing:
        is_changing = False
        for one in list(sorting.ready.values()):
            for link in one.links:
                other = link.other if link.work_id == one.work.pk else link.work
                if link.kind == LinkKind.REQUIRES:
                    lacks = link.work_id == one.work.pk and not (
                        other.state in PAID or other.pk in sorting.ready
                    )
                    why = NoCandidate.NEEDS_OTHER if lacks else None
                else:
                    why = NoCandidate.REPLACED if other.state in PAID else None
                if why is not None:
                    sorting.put_aside(one.work, why, other.reference)
                    is_changing = True
                    break


def _with_ties(one: CandidateNow, sorting: _Sorting) -> CandidateNow:
    requires, conflicts = [], []
    for link in one.links:
        is_first = link.work_id == one.work.pk
        other = link.other if is_first else link.work
        if other.pk not in sorting.ready:
            continue
        if link.kind != LinkKind.REQUIRES:
            conflicts.append(other.reference)
        elif is_first:
            requires.append(other.reference)
    return replace(one, requires=tuple(sorted(set(requires))), conflicts=tuple(sorted(set(conflicts))))
