"""What failed on the way to school, for the domain that answers for the way."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from schoolward.domains.assessments.models import AnswerPhoto, Assessment, AssessmentKind
from schoolward.domains.assessments.queries.register import assessments
from schoolward.domains.assessments.queries.walking import answers_of, asked_of, notes_by_item, photos_by_item
from schoolward.platform.access.viewer import Viewer

WAY_TO_SCHOOL = AssessmentKind.WAY_TO_SCHOOL.value
"""The kind of assessments that go along the streets around a site."""


@dataclass(frozen=True)
class FailingItem:
    """An item of a handed-in assessment whose answer fails, with what was seen and where.

    ``area`` is the term that the instrument gives the item; ``position`` is longitude and latitude in
    degrees, ``None`` where nobody took it.
    """

    code: str
    text: str
    section: str
    area: str
    severity: str
    recommendation: str
    estimate_cents: int | None
    note: str
    photos: tuple[AnswerPhoto, ...]
    position: tuple[float, float] | None


def walks_of_the_way(viewer: Viewer) -> QuerySet[Assessment]:
    """The assessments of ways to school that the viewer may see, those to come first, then the newest."""
    return assessments(viewer).filter(kind=WAY_TO_SCHOOL).select_related("version__file")


def failing_items(assessment: Assessment) -> list[FailingItem]:
    """What fails in a handed-in assessment, in walking order; nothing before it is handed in.

    Raises ``FileNotFoundError`` when the folder of files has lost the instrument.
    """
    if not assessment.is_finished:
        return []
    walks = list(assessment.walks.order_by("number"))
    numbers = [walk.pk for walk in walks]
    answers, notes, photos = answers_of(assessment), notes_by_item(numbers), photos_by_item(numbers)
    positions: dict[str, list[float]] = {}
    for walk in reversed(walks):
        positions |= walk.positions or {}
    return [
        FailingItem(
            code=asked.item.code,
            text=asked.item.text,
            section=asked.section_title,
            area=asked.item.area,
            severity=asked.item.severity or "medium",
            recommendation=asked.item.recommendation,
            estimate_cents=asked.item.estimate_cents,
            note=notes.get(asked.row.pk, ""),
            photos=tuple(photos.get(asked.row.pk, ())),
            position=_pair(positions.get(asked.item.code)),
        )
        for asked in asked_of(assessment)
        if asked.item.fails(answers.get(asked.item.code))
    ]


def _pair(found: list[float] | None) -> tuple[float, float] | None:
    return None if found is None else (found[0], found[1])
