"""Measures over HTTP: the list with definitions, and one reading."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router

from schoolward.api.asking import Question
from schoolward.api.shapes import MeasureOut, ReadingOut
from schoolward.platform.access.permissions import check
from schoolward.platform.access.views import viewer_of
from schoolward.platform.measures.reading import read
from schoolward.platform.measures.registry import all_measures, get

router = Router()


@router.get("", url_name="measures", response=list[MeasureOut])
def measures(request: HttpRequest) -> list[dict[str, Any]]:
    """Every measure: key, title, definition in plain words, unit, owner, version."""
    check(viewer_of(request), "measures.view")
    return [
        {
            "key": found.key,
            "title": str(found.title),
            "definition": str(found.definition),
            "numerator": str(found.numerator),
            "denominator": str(found.denominator),
            "unit": found.unit,
            "owner": found.owner,
            "record_class": found.record_class,
            "minimum_count": found.minimum_count,
            "version": found.version,
        }
        for found in all_measures()
    ]


@router.get("/{key}", url_name="measure", response=ReadingOut)
def measure(request: HttpRequest, key: str, question: Query[Question]) -> dict[str, Any]:
    """One reading: value, numerator, denominator, unit, and how many records stand behind it."""
    viewer = viewer_of(request)
    check(viewer, get(key).permission)
    period = question.period(viewer)
    return read(key, period, question.scope(period, viewer)).as_json()
