"""From a number to its records, over HTTP."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router
from ninja.errors import HttpError

from schoolward.api.asking import Question
from schoolward.api.shapes import TraceOut
from schoolward.platform.access.disclosing import read_whole
from schoolward.platform.access.permissions import check
from schoolward.platform.access.references import reference
from schoolward.platform.access.views import viewer_of
from schoolward.platform.measures.reading import open_part
from schoolward.platform.measures.registry import NoSuchPart, Part, get

router = Router()


@router.get("/{key}", url_name="trace", response=TraceOut)
def trace(
    request: HttpRequest, key: str, question: Query[Question], part: Part = Part.NUMERATOR
) -> dict[str, Any]:
    """The reading and the ids of the very records that it was counted from.

    Of a share, ``part=denominator`` gives those that they are held against, and ``part=outstanding`` those
    of the latter that are not counted.

    An id tells that a record stands behind the number; opening it asks the record's own policy.
    A suppressed reading gives no ids, because their count is what is being withheld.
    """
    viewer = viewer_of(request)
    check(viewer, get(key).permission)
    period = question.period(viewer)
    scope = question.scope(period, viewer)
    try:
        opened = open_part(key, period, scope, part)
    except NoSuchPart as error:
        raise HttpError(422, f"part: {error}") from error
    if opened.is_protected:
        own = read_whole(opened.behind.order_by("pk"), viewer)
        return {**opened.reading.as_json(), "records": [reference(row) for row in own], "amounts": []}
    return {**opened.reading.as_json(), "records": opened.keys(), "amounts": opened.amounts(viewer)}
