"""From a number to its records, over HTTP."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router

from schoolward.api.asking import Question
from schoolward.api.shapes import TraceOut
from schoolward.platform.access.permissions import check
from schoolward.platform.access.views import viewer_of
from schoolward.platform.measures.reading import read, record_keys
from schoolward.platform.measures.registry import get

router = Router()


@router.get("/{key}", url_name="trace", response=TraceOut)
def trace(request: HttpRequest, key: str, question: Query[Question]) -> dict[str, Any]:
    """The reading and the ids of the very records that it was counted from.

    An id tells that a record stands behind the number; opening it asks the record's own policy.
    A suppressed reading gives no ids, because their count is what is being withheld.
    """
    viewer = viewer_of(request)
    check(viewer, get(key).permission)
    period = question.period(viewer)
    scope = question.scope(period)
    reading = read(key, period, scope)
    hidden = reading.suppressed or not reading.collected
    return {**reading.as_json(), "records": [] if hidden else record_keys(key, period, scope)}
