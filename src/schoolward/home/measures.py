"""M13, first form: incidents after verified fixes, of those that were to be expected."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from schoolward.home.examples import build_fixes
from schoolward.home.queries.fixes import Judged, is_told, judged_fixes, nothing_happened, verified_fixes
from schoolward.platform.access.models import RecordClass
from schoolward.platform.access.roles import Role
from schoolward.platform.measures.period import Period, Scope
from schoolward.platform.measures.registry import Ends, Example, Rows, measure
from schoolward.platform.measures.together import shared

_NONE_YET = _("No recommendation of an assessment was verified in the period.")


@shared
def _judged(period: Period, scope: Scope) -> Judged | None:
    return judged_fixes(period.start, period.end or period.as_of, scope.campus_id)


@measure(
    key="assessments.fix_effect",
    title=_("Incidents after verified fixes, of those expected"),
    definition=_(
        "Incidents at the address of campuses after their first recommendation of the period was verified, "
        "in percent of those that were to be expected: by the same days of an earlier year at the same "
        "campuses, and by what became of campuses without such work. Below 100 it became better; an interval "
        "that holds 100 shows no change. A campus is mended because it was bad, and what was bad tends to "
        "become better by itself: that is not taken out."
    ),
    unit="percent",
    owner=Role.LEAD,
    record_class=RecordClass.FACILITY,
    numerator=_("Incidents at the mended campuses in up to a year after"),
    denominator=_("Incidents that were to be expected"),
    code="M13",
    direction="down",
    example=Example(
        rows="""
            site  | verified   | before | after
            ------|------------|--------|------
            North | 2011-10-01 | 12     | 3
            South |            | 12     | 12
            East  |            | 12     | 12
        """,
        period=(None, date(2012, 9, 6), date(2012, 9, 6)),
        value=25.524396,
        records=("North 1", "North 2", "North 3"),
        build=build_fixes,
    ),
)
def fix_effect(period: Period, scope: Scope) -> Rows:
    found = _judged(period, scope)
    if found is None or not is_told(found.effect) or found.expected is None:
        last = period.end or period.as_of
        is_done = verified_fixes(period.start, last, scope.campus_id).exists()
        missing = found.effect.compared.sentence if found is not None else _NONE_YET
        if found is None and is_done:
            missing = _("No incident has been recorded yet.")
        nothing = nothing_happened(last)
        return Rows(numerator=nothing, collected=False, missing=missing)
    ratio = found.effect.compared

    def ends(_count: float, _expected: float) -> Ends:
        return 100 * (ratio.low or 0.0), None if ratio.high is None else 100 * ratio.high

    return Rows(
        numerator=found.after,
        denominator=found.expected,
        factor=100,
        interval=ends,
        unchanged=100,
        note=_left_out(found.effect.left_out, found.effect.not_compared),
    )


def _left_out(no_days: int, not_compared: int) -> str:
    """How many mended campuses do not count, and why; empty where all of them do."""
    return " ".join(
        sentence % {"n": n}
        for n, sentence in (
            (
                not_compared,
                ngettext(
                    "%(n)s mended campus does not count: no campus without such work was left to compare it "
                    "with.",
                    "%(n)s mended campuses do not count: no campuses without such work were left to compare "
                    "them with.",
                    not_compared,
                ),
            ),
            (
                no_days,
                ngettext(
                    "%(n)s mended campus does not count: the data does not hold the same days before and "
                    "after the work.",
                    "%(n)s mended campuses do not count: the data does not hold the same days before and "
                    "after the work.",
                    no_days,
                ),
            ),
        )
        if n
    )
