"""Which items of other versions and instruments are the same as one: by crosswalks, never by a code alone.

Two versions of one instrument that no crosswalk relates are compared by code and wording together: what asks
the same in the same words, in the same place, is the same.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property

from django.db.models import QuerySet

from schoolward.analysis.assessing.crosswalk import Edition, Place, Threads
from schoolward.domains.assessments.models import (
    UNRESOLVED,
    Assessment,
    Finding,
    InstrumentItem,
    InstrumentVersion,
)
from schoolward.domains.assessments.queries.crosswalks import crosswalks, threads

EDITION = ("version__instrument",)
"""What an item must have been read with, to be compared."""


def _edition(version: InstrumentVersion) -> Edition:
    return Edition(version.instrument.key, version.version)


class SameItems:
    """Compares items; the crosswalks are read once."""

    @cached_property
    def threads(self) -> Threads:
        """Items that are the same, through all editions."""
        return threads()

    @cached_property
    def _related(self) -> frozenset[frozenset[Edition]]:
        """The pairs of editions of which a crosswalk speaks."""
        links = (link for crosswalk in crosswalks() for link in crosswalk.links)
        return frozenset(frozenset((link.source.edition, link.target.edition)) for link in links)

    def are_same(self, one: InstrumentItem, other: InstrumentItem) -> bool:
        """Whether two items, read with ``EDITION``, ask the same."""
        if one.pk == other.pk:
            return True
        first, second = _edition(one.version), _edition(other.version)
        if first == second:
            return False
        found = self.threads.same(Place(first, one.code), second)
        if found is not None:
            return found.code == other.code
        if first.key != second.key or frozenset((first, second)) in self._related:
            return False
        return (one.code, one.text) == (other.code, other.text)


def findings_of_same_item(finding: Finding, states: Collection[str]) -> list[Finding]:
    """The other findings of the campus in one of these states whose item is the same, the oldest first."""
    same = SameItems()
    related = ("item__version__instrument", "work")
    item = InstrumentItem.objects.select_related(*EDITION).get(pk=finding.item_id)
    there = Finding.objects.filter(campus_id=finding.campus_id, state__in=states)
    held = there.exclude(pk=finding.pk).select_related(*related).order_by("pk")
    return [one for one in held if same.are_same(item, one.item)]


def unresolved_by_code(assessment: Assessment, *, for_update: bool = False) -> dict[str, Finding]:
    """By the code of an item of this assessment's version: the unresolved finding of the campus of that item.

    Whichever version or instrument found it: what asks the same is one thing to mend.
    """
    held: QuerySet[Finding] = Finding.objects.filter(campus_id=assessment.campus_id, state__in=UNRESOLVED)
    related = ("item__version__instrument", "work")
    held = held.select_related(*related).order_by("pk")
    if for_update:
        held = held.select_for_update(of=("self",))
    there = list(held)
    version = assessment.version
    if not there or version is None:
        return {}
    found = {item.code: item for item in InstrumentItem.objects.filter(version=version)}
    for item in found.values():
        item.version = version  # the same for all of them: it is not read a hundred times
    same = SameItems()
    by_code: dict[str, Finding] = {}
    for finding in there:
        code = _code_of(finding.item, found, same)
        if code is not None:
            by_code.setdefault(code, finding)
    return by_code


def _code_of(item: InstrumentItem, found: dict[str, InstrumentItem], same: SameItems) -> str | None:
    """What an item is called among others, all of one version."""
    if not found:
        return None
    edition = _edition(next(iter(found.values())).version)
    place = same.threads.same(Place(_edition(item.version), item.code), edition)
    code = item.code if place is None else place.code
    return code if code in found and same.are_same(item, found[code]) else None


def items_seen_as(finding: Finding) -> list[int]:
    """The numbers of the items as which walks have seen a finding: its own, and the same elsewhere."""
    own = InstrumentItem.objects.select_related(*EDITION).get(pk=finding.item_id)
    versions = finding.sightings.filter(walk__assessment__isnull=False).values("walk__assessment__version")
    others = InstrumentItem.objects.filter(version__in=versions).select_related(*EDITION)
    same = SameItems()
    return [own.pk, *(one.pk for one in others if one.pk != own.pk and same.are_same(own, one))]
