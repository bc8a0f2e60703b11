"""What else failed at a site that a crosswalk relates to a finding, and the open work that could mend it.

A crosswalk says "narrower" or "related" of items that are not the same: nothing is joined by that alone, and
whoever decides is shown both.
"""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from schoolward.analysis.assessing.crosswalk import Edition, Place, Relation
from schoolward.domains.assessments.models import DefectReport, Finding, InstrumentItem
from schoolward.domains.assessments.queries.crosswalks import crosswalks
from schoolward.domains.assessments.queries.findings import unresolved
from schoolward.domains.work import queries as work
from schoolward.domains.work.states import OPEN_STATES
from schoolward.platform.access.viewer import Viewer


def related_findings(viewer: Viewer, finding: Finding) -> list[Finding]:
    """The unresolved findings of the same site whose item a crosswalk relates to this one's."""
    near = _related_places(_place(finding.item))
    if not near:
        return []
    there = unresolved(viewer).filter(campus_id=finding.campus_id).exclude(pk=finding.pk)
    held = there.select_related("item__version__instrument", "instrument", "work").order_by("pk")
    return [one for one in held if _place(one.item) in near]


def sharing_work(viewer: Viewer, finding: Finding) -> list[Finding]:
    """The other unresolved findings that the same piece of work mends."""
    if finding.work_id is None:
        return []
    held = unresolved(viewer).filter(work_id=finding.work_id).exclude(pk=finding.pk)
    return list(held.select_related("instrument").order_by("pk"))


def work_that_could_mend(viewer: Viewer, asking: Finding | DefectReport) -> QuerySet[Any]:
    """The open work of the site of a finding or a report, beside its own, by reference."""
    open_work = work.work_items(viewer).filter(campus_id=asking.campus_id, state__in=OPEN_STATES)
    if asking.work_id is not None:
        open_work = open_work.exclude(pk=asking.work_id)
    return open_work.order_by("reference")


def _place(item: InstrumentItem) -> Place:
    return Place(Edition(item.version.instrument.key, item.version.version), item.code)


def _related_places(place: Place) -> frozenset[Place]:
    links = [link for one in crosswalks() for link in one.links if link.relation != Relation.SAME]
    onward = (link.target for link in links if link.source == place)
    back = (link.source for link in links if link.target == place)
    return frozenset((*onward, *back))
