"""How findings stood at the end of a day, each with its work, its layer and its photographs of that time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from schoolward.domains.assessments.models import (
    AnswerPhoto,
    Assessment,
    Finding,
    FindingState,
    Sighting,
    SitePlan,
)
from schoolward.domains.assessments.models.assessments import FINISHED
from schoolward.domains.assessments.queries.instruments import form_of
from schoolward.domains.assessments.queries.register import OF_SITES
from schoolward.domains.assessments.queries.same_items import SameItems
from schoolward.domains.work import queries as work
from schoolward.domains.work.states import CLOSED_STATES, State
from schoolward.platform.access.policy import visible
from schoolward.platform.access.viewer import Viewer

_BY_WORK = {
    State.PROPOSED.value: FindingState.OPEN,
    State.VERIFIED.value: FindingState.RESOLVED,
    State.DECLINED.value: FindingState.DECLINED,
}


@dataclass(frozen=True)
class FindingThen:
    """A finding as it stood: its state, and the state and due date of its work, on that day.

    ``layer`` is in words, blank where the instrument names none. ``work`` is ``None`` where none was there.
    """

    finding: Finding
    state: FindingState
    layer: str
    work: Any | None
    work_state: str
    due: date | None

    @property
    def is_unresolved(self) -> bool:
        """Whether somebody still had something to do."""
        return self.state in (FindingState.OPEN, FindingState.ACCEPTED)


def findings_as_of(viewer: Viewer, day: date, *, campus_id: int | None = None) -> list[FindingThen]:
    """The findings up to the day that the viewer may see, by site and age, as they stood at its end."""
    related = ("campus", "instrument", "item__version__instrument", "item__version__file")
    rows = visible(Finding.objects.select_related(*related), viewer).filter(found_on__lte=day)
    if campus_id is not None:
        rows = rows.filter(campus_id=campus_id)
    found = list(rows.order_by("campus__name", "campus_id", "found_on", "pk"))
    works = [one.work_id for one in found if one.work_id is not None]
    items = work.due_then(work.as_of(work.work_items(viewer).filter(pk__in=works), day), day)
    then = {item.pk: item for item in items}
    layers = _Layers()
    return [_then(one, then.get(one.work_id), layers, day) for one in found]


def unresolved_as_of(day: date, *, campus_id: int | None = None) -> QuerySet[Finding]:
    """The findings of everybody that somebody still had something to do about at the end of the day."""
    found = Finding.objects.filter(found_on__lte=day).exclude(settled_on__lte=day)
    if campus_id is not None:
        found = found.filter(campus_id=campus_id)
    at = datetime.combine(day, time(12), tzinfo=timezone.get_default_timezone())
    items = work.as_of(work.work_items(Viewer.system(at=at, name="assessments")), day)
    closed = items.filter(state_then__in=CLOSED_STATES).order_by().values("pk")
    return found.exclude(work__in=closed)


class _Layers:
    """The words for the layer of each item, read once a version."""

    def __init__(self) -> None:
        self._known: dict[int, dict[str, str]] = {}

    def of(self, finding: Finding) -> str:
        version = finding.item.version
        if version.pk not in self._known:
            form = form_of(version)
            self._known[version.pk] = {item.code: form.terms.get(item.layer, "") for item in form.items}
        return self._known[version.pk].get(finding.item.code, "")


def _then(finding: Finding, item: Any | None, layers: _Layers, day: date) -> FindingThen:
    state = item.state_then if item is not None else ""
    if finding.settled_on is not None and finding.settled_on <= day:
        stood = FindingState(finding.state)
    else:
        stood = _BY_WORK.get(state, FindingState.ACCEPTED) if state else FindingState.OPEN
    due = item.due_then if item is not None else None
    return FindingThen(finding, stood, layers.of(finding), item, state, due)


def photos_as_of(found: Iterable[FindingThen], day: date) -> dict[int, list[AnswerPhoto]]:
    """By finding: the photographs of its item in the walks that saw it up to the day, the oldest first."""
    by_pk = {one.finding.pk: one.finding for one in found}
    seen = Sighting.objects.filter(finding_id__in=by_pk, on__lte=day).order_by("pk")
    walks: dict[int, list[int]] = {}
    for finding_id, walk_id in seen.values_list("finding_id", "walk_id"):
        walks.setdefault(walk_id, []).append(finding_id)
    kept: dict[int, list[AnswerPhoto]] = {}
    same = SameItems()
    photos = AnswerPhoto.objects.filter(walk_id__in=walks).select_related("file", "item__version__instrument")
    for photo in photos.order_by("at", "pk"):
        for finding_id in walks[photo.walk_id]:
            if same.are_same(by_pk[finding_id].item, photo.item):
                kept.setdefault(finding_id, []).append(photo)
    return kept


def photo_of_a_finding(campus_id: int, pk: int) -> AnswerPhoto | None:
    """The photograph of this number, if a finding of the campus has it. Who may see it, the caller judges."""
    related = ("file", "item__version__instrument")
    photo = AnswerPhoto.objects.filter(pk=pk, walk__campus_id=campus_id).select_related(*related).first()
    if photo is None:
        return None
    seen = Sighting.objects.filter(walk_id=photo.walk_id)
    same = SameItems()
    found = (one.finding.item for one in seen.select_related("finding__item__version__instrument"))
    return photo if any(same.are_same(item, photo.item) for item in found) else None


def site_plan_as_of(campus_id: int, day: date) -> SitePlan | None:
    """The plan of the campus that was the newest at the end of the day."""
    plans = SitePlan.objects.filter(campus_id=campus_id).select_related("file").order_by("-added_at", "-pk")
    return next((plan for plan in plans if timezone.localdate(plan.added_at) <= day), None)


def finished_by(day: date, campus_id: int) -> list[Assessment]:
    """The finished assessments of a campus itself up to the day, the newest first."""
    rows = Assessment.objects.filter(OF_SITES, campus_id=campus_id, state__in=FINISHED, assessed_on__lte=day)
    related = ("version__instrument", "version__file", "campus")
    return list(rows.select_related(*related).order_by("-assessed_on", "-pk"))
