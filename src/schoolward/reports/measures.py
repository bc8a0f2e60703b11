"""M41: published numbers that still open their records."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from schoolward.platform.measures.period import Period, Scope
from schoolward.platform.measures.protection import knows_published
from schoolward.platform.measures.registry import Example, Measure, Rows, measure
from schoolward.platform.measures.together import shared
from schoolward.reports.checks import lineage_trouble
from schoolward.reports.models import CellReading, Edition, State

EXAMPLE = """
    number | records     | edition
    -------|-------------|----------
    1      | there       | published
    2      | one deleted | published
    3      | there       | draft
"""
PUBLISHED_EXAMPLE = """
    edition | as_of      | state
    --------|------------|-----------
    1       | 2011-05-31 | superseded
    2       | 2012-09-06 | published
    3       | 2012-09-06 | draft
"""


def _numbers(rows: list[dict[str, str]]) -> dict[str, Any]:
    from schoolward.reports.examples import numbers

    return numbers(rows)


def _editions(rows: list[dict[str, str]]) -> dict[str, Any]:
    from schoolward.reports.examples import editions

    return editions(rows)


@knows_published
def printed(measure: Measure, period: Period) -> dict[int | None, int]:
    """The counts of a measure that published editions show for the very same days, by site."""
    shown = CellReading.objects.filter(
        edition__state__in=[State.PUBLISHED, State.SUPERSEDED],
        measure_key=measure.key,
        measure_version=measure.version,
        period_start=period.start,
        period_end=period.end,
        numerator__isnull=False,
    )
    if measure.at_a_day:
        shown = shown.filter(as_of=period.as_of)
    return {site: int(count or 0) for site, count in shown.values_list("campus_id", "numerator")}


@measure(
    key="reports.published",
    title=_("Published editions"),
    definition=_("Editions of reports that were published, those that a later edition superseded included."),
    unit="editions",
    owner="Accountability Office",
    record_class="public",
    numerator=_("editions published, by the date that their numbers stand at"),
    denominator="",
    example=Example(PUBLISHED_EXAMPLE, (None, None, date(2012, 9, 6)), 2, ("1", "2"), _editions),
)
def published(period: Period, scope: Scope) -> Rows:
    """Editions by their as-of date."""
    found = Edition.objects.filter(state__in=[State.PUBLISHED, State.SUPERSEDED], as_of__lte=period.as_of)
    if period.start:
        found = found.filter(as_of__gte=period.start)
    return Rows(found.filter(as_of__lte=period.end) if period.end else found)


@measure(
    key="reports.traceability",
    title=_("Report traceability"),
    definition=_(
        "Of the numbers in editions published as of an earlier day, the share whose records can still be "
        "opened: the measure has the definition that it had, and every record that was counted is there."
    ),
    unit="percent",
    at_a_day=True,
    owner="Accountability Office",
    record_class="public",
    numerator=_("numbers of earlier published editions whose lineage is live"),
    denominator=_("numbers of earlier published editions that show a value"),
    code="M41",
    direction="up",
    example=Example(EXAMPLE, (None, None, date(2012, 9, 7)), 50.0, ("1",), _numbers),
)
def traceability(period: Period, scope: Scope) -> Rows:
    """Checks every number of the editions before the day asked about.

    The edition of the day itself is left out: a number about a paper cannot stand in that same paper
    and stay what it was when the paper is published. Numbers of this measure are left out for the same
    reason.
    """
    shown = CellReading.objects.filter(
        edition__state__in=[State.PUBLISHED, State.SUPERSEDED],
        edition__as_of__lt=period.as_of,
        collected=True,
        suppressed=False,
    ).exclude(measure_key="reports.traceability")
    if scope.campus_id is not None:
        shown = shown.filter(campus_id=scope.campus_id)
    live = [cell.pk for cell in shown.defer("query", "note") if _is_live(cell)]
    if not shown.exists():
        return Rows(
            shown, shown, factor=100, collected=False, missing=_("No edition has been published yet.")
        )
    return Rows(numerator=shown.filter(pk__in=live), denominator=shown, factor=100)


@shared
def _is_live(cell: CellReading) -> bool:
    """Whether the records that were taken down are still there; asked once for all days asked about."""
    return not lineage_trouble(cell, again=False)
