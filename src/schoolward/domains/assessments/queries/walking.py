"""Reads of walks: what is asked in walking order, what was answered, and what was answered last time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import QuerySet

from schoolward.analysis.assessing.crosswalk import Place, edition_of
from schoolward.analysis.assessing.shapes import BANDS, Item, Scale
from schoolward.analysis.assessing.shapes import Answer as Given
from schoolward.analysis.assessing.shapes import Mark as GivenMark
from schoolward.domains.assessments.models import (
    Answer,
    AnswerPhoto,
    Assessment,
    InstrumentItem,
    InstrumentVersion,
    ReinspectionRequest,
    Settlement,
    SitePlan,
    Walk,
    WalkPhoto,
)
from schoolward.domains.assessments.queries.crosswalks import threads
from schoolward.domains.assessments.queries.double_walks import walks_kept_apart
from schoolward.domains.assessments.queries.instruments import form_of
from schoolward.domains.assessments.queries.register import before
from schoolward.domains.assessments.queries.scores import bands_asked, not_asked_in
from schoolward.platform.access.policy import visible
from schoolward.platform.access.viewer import Viewer


class ItemRow(NamedTuple):
    """Which row of the database an item is."""

    pk: int
    code: str


@dataclass(frozen=True)
class Asked:
    """One item as a walk asks it: its row, what it says, its scale and the stretch in which it stands."""

    row: ItemRow
    item: Item
    scale: Scale
    section: str
    section_title: str


def walks(viewer: Viewer) -> QuerySet[Walk]:
    """The walks that the viewer may see; of a double walk not the other's before both are handed in."""
    related = ("campus", "assessment__version__instrument", "assessment__version__file", "reinspection")
    return visible(Walk.objects.select_related(*related), viewer).exclude(pk__in=walks_kept_apart(viewer))


def photos(viewer: Viewer) -> QuerySet[AnswerPhoto]:
    """The photographs that the viewer may see."""
    seen = visible(AnswerPhoto.objects.select_related("file", "item", "walk", "plan"), viewer)
    return seen.exclude(walk__in=walks_kept_apart(viewer))


def asked_in(walk: Walk) -> list[Asked]:
    """What a walk asks, in walking order: the band's items of its version, or those of the findings.

    Once it is handed in, those whose condition did not hold are left out.
    """
    if walk.assessment is not None:
        left_out = walk.not_asked or ()
        return [one for one in _asked_by_version(walk.assessment) if one.item.code not in left_out]
    assert walk.reinspection is not None  # noqa: S101 - the database holds it so
    items = InstrumentItem.objects.filter(pk__in=walk.reinspection.findings.values("item_id"))
    rows = items.order_by("version_id", "position").values_list("version_id", "pk", "code")
    by_version: dict[int, list[ItemRow]] = {}
    for version_id, pk, code in rows:
        by_version.setdefault(version_id, []).append(ItemRow(pk, code))
    held = InstrumentVersion.objects.select_related("instrument", "file").in_bulk(list(by_version))
    return [one for pk, found in by_version.items() for one in _asked(held[pk], found)]


def asked_of(assessment: Assessment) -> list[Asked]:
    """What an assessment asks; nothing where it was done on paper.

    Once it is handed in, items whose condition held in none of its walks are left out.
    """
    left_out = not_asked_in(assessment)
    return [one for one in _asked_by_version(assessment) if one.item.code not in left_out]


def _asked_by_version(assessment: Assessment) -> list[Asked]:
    if assessment.version is None:
        return []
    rows = InstrumentItem.objects.filter(version=assessment.version).order_by("position")
    asked = _asked(assessment.version, [ItemRow(*row) for row in rows.values_list("pk", "code")])
    bands = bands_asked(assessment)
    return asked if bands is None else [one for one in asked if one.item.bands & set(bands)]


def may_be_taken_back(assessment: Assessment) -> bool:
    """Whether nothing of it was answered yet, as far as the server knows."""
    if assessment.version_id is None or assessment.is_finished:
        return False
    return all(map(is_untouched, assessment.walks.all()))


def is_untouched(walk: Walk) -> bool:
    """Whether a walk holds no answer, no photograph and nothing that a device has sent."""
    if walk.submitted_at is not None:
        return False
    held = (walk.answers, walk.entries, walk.photos, WalkPhoto.objects.filter(walk=walk))
    return not any(rows.exists() for rows in held)


def codes_of_other_bands(walk: Walk) -> frozenset[str]:
    """The codes of the items that are for schools of other grades than those of the walk's site."""
    assessment = walk.assessment
    if assessment is None or assessment.version is None:
        return frozenset()
    items = form_of(assessment.version).items
    if all(item.bands >= frozenset(BANDS) for item in items):
        return frozenset()
    bands = bands_asked(assessment)
    return (
        frozenset() if bands is None else frozenset(one.code for one in items if not one.bands & set(bands))
    )


def _asked(version: InstrumentVersion, rows: Sequence[ItemRow]) -> list[Asked]:
    form = form_of(version)
    by_code = {row.code: row for row in rows}
    titles = {section.key: section.title for section in form.sections}
    scales = {scale.key: scale for scale in form.scales}
    return [
        Asked(by_code[item.code], item, scales[item.scale], item.section, titles.get(item.section, ""))
        for item in form.items
        if item.code in by_code
    ]


def current_answers(*walk_ids: int) -> dict[int, dict[int, Answer]]:
    """By walk and item: the answer that counts, which is the one given last."""
    found: dict[int, dict[int, Answer]] = {walk_id: {} for walk_id in walk_ids}
    for answer in Answer.objects.filter(walk_id__in=walk_ids).order_by("given_at", "pk"):
        found[answer.walk_id][answer.item_id] = answer
    return found


def given(answer: Answer | Settlement) -> Given | None:
    """The answer as the analysis takes it; words alone are none."""
    return GivenMark(answer.mark) if answer.mark else answer.value


def answers_by_code(walk_id: int) -> dict[str, Given]:
    """What was answered in a walk, by the code of the item; without what was not asked in the end."""
    rows = Answer.objects.filter(walk_id=walk_id).order_by("given_at", "pk")
    found: dict[str, Given] = {}
    for code, value, mark, left_out in rows.values_list("item__code", "value", "mark", "walk__not_asked"):
        if code in (left_out or ()):
            continue
        if mark:
            found[code] = GivenMark(mark)
        elif value is not None:
            found[code] = value
        else:
            found.pop(code, None)
    return found


def notes_by_item(walk_ids: Sequence[int]) -> dict[int, str]:
    """The notes beside the answers that count, of all of these walks, by item."""
    rows = Answer.objects.filter(walk_id__in=walk_ids).order_by("given_at", "pk")
    last = {(walk, item): note for walk, item, note in rows.values_list("walk_id", "item_id", "note")}
    found: dict[int, list[str]] = {}
    for (_walk, item), note in sorted(last.items()):
        if note:
            found.setdefault(item, []).append(note)
    return {item: " / ".join(notes) for item, notes in found.items()}


def together(first: Mapping[str, Given], second: Mapping[str, Given]) -> dict[str, Given]:
    """What two assessors say as one: a rating before a mark, and of two ratings the lower.

    To overlook what one of them saw would be the worse mistake; where they differ is told beside it.
    """
    joined = dict(second)
    for code, one in first.items():
        other = second.get(code)
        if other is None or isinstance(other, GivenMark):
            joined[code] = one
        elif not isinstance(one, GivenMark):
            joined[code] = min(one, other)
    return joined


def answers_of(assessment: Assessment) -> dict[str, Given]:
    """The answers of an assessment by item; of two walks both together, with what was settled since."""
    each = [answers_by_code(walk.pk) for walk in assessment.walks.order_by("number")]
    if not each:
        return {}
    return each[0] if len(each) == 1 else together(each[0], each[1]) | settled_answers(assessment)


def settled_answers(assessment: Assessment) -> dict[str, Given]:
    """By the code of the item: the answer that settled its dispute last."""
    rows = Settlement.objects.filter(assessment=assessment).select_related("item").order_by("pk")
    return {row.item.code: answer for row in rows if (answer := given(row)) is not None}


def last_time(walk: Walk) -> dict[str, Given]:
    """What the assessment before this one said, by the code of the item; empty where there is none."""
    if walk.assessment is None:
        return {}
    earlier = before(walk.assessment)
    if earlier is None or earlier.version is None or walk.assessment.version is None:
        return {}
    said = answers_of(earlier)
    now, then = edition_of(form_of(walk.assessment.version)), edition_of(form_of(earlier.version))
    if now == then:
        return said
    thread = threads()
    same = {one.item.code: thread.same(Place(now, one.item.code), then) for one in asked_in(walk)}
    return {
        code: said[place.code] for code, place in same.items() if place is not None and place.code in said
    }


def photos_by_item(walk_ids: Sequence[int]) -> dict[int, list[AnswerPhoto]]:
    """The photographs of walks by item, the oldest first."""
    found: dict[int, list[AnswerPhoto]] = {}
    for photo in AnswerPhoto.objects.filter(walk_id__in=walk_ids).select_related("file"):
        found.setdefault(photo.item_id, []).append(photo)
    return found


def site_plan(campus_id: int, pk: int | None = None) -> SitePlan | None:
    """The plan of the campus on which photographs are pinned now, or that of a number; ``None`` without."""
    plans = SitePlan.objects.filter(campus_id=campus_id).select_related("file")
    return (plans if pk is None else plans.filter(pk=pk)).first()


def plan_for_pins(walk: Walk) -> SitePlan | None:
    """The plan on which a walk pins its photographs; none along the streets, where it shows nothing."""
    return None if walk.is_of_the_way else site_plan(walk.campus_id)


def reinspections(viewer: Viewer) -> QuerySet[ReinspectionRequest]:
    """The re-inspections that the viewer may see, those to be done first."""
    return visible(ReinspectionRequest.objects.select_related("campus"), viewer)


def walk_of(assessment: Assessment, account_id: int | None) -> Walk | None:
    """The walk of this account in the assessment, or ``None``."""
    found: Any = assessment.walks.filter(assessor_id=account_id).first()
    return found
