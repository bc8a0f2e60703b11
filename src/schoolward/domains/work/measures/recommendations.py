"""M12: recommendations completed, on time, at what cost, site by site."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from schoolward.domains.work.examples import build
from schoolward.domains.work.measures.counting import PERIOD, example, known_work
from schoolward.domains.work.models import WorkKind
from schoolward.domains.work.queries import (
    accepted_ever,
    complete_campuses,
    recommended_campuses,
    verified_date,
)
from schoolward.domains.work.states import State
from schoolward.platform.access.models import RecordClass
from schoolward.platform.access.roles import Role
from schoolward.platform.measures.period import Period, Scope
from schoolward.platform.measures.registry import Example, Rows, measure

_NONE_ACCEPTED = _("No recommendation has been accepted yet.")


_CODE = "M12"


SITES = """
    item | site  | kind           | state    | due        | verified   | estimate | actual
    -----|-------|----------------|----------|------------|------------|----------|-------
    A    | North | recommendation | verified | 2012-06-01 | 2012-05-20 | 40000    | 38000
    B    | North | recommendation | declined | 2012-06-01 |            | 90000    |
    C    | South | recommendation | verified | 2012-06-01 | 2012-07-02 | 10000    | 12000
    D    | South | recommendation | done     | 2012-08-01 |            | 25000    | 25000
    E    | East  | recommendation | declined | 2012-08-01 |            | 25000    |
"""


def _accepted_recommendations(period: Period, scope: Scope) -> QuerySet[Any]:
    recommendations = known_work(period, scope).filter(kind=WorkKind.RECOMMENDATION)
    return accepted_ever(recommendations, period.as_of)


@measure(
    key="recommendations.completion",
    title=_("Recommendations completed"),
    definition=_("Of all recommendations ever accepted, the share that is verified as done, in percent."),
    unit="percent",
    at_a_day=True,
    owner=Role.FACILITIES,
    record_class=RecordClass.FACILITY,
    numerator=_("Accepted recommendations that are verified"),
    denominator=_("Recommendations ever accepted"),
    code=_CODE,
    direction="up",
    example=example(50.0, "A", "B"),
)
def completion(period: Period, scope: Scope) -> Rows:
    accepted = _accepted_recommendations(period, scope)
    return Rows(
        numerator=accepted.filter(state_then=State.VERIFIED),
        denominator=accepted,
        factor=100,
        needs_denominator=True,
        missing=_NONE_ACCEPTED,
    )


@measure(
    key="recommendations.cost",
    title=_("Cost of completed recommendations"),
    definition=_(
        "The sum of what the accepted recommendations that are verified as done really cost. Repairs and "
        "other work are left out."
    ),
    unit="US cents",
    at_a_day=True,
    owner=Role.FACILITIES,
    record_class=RecordClass.FACILITY,
    numerator=_("Actual cost of accepted recommendations that are verified"),
    denominator="",
    code=_CODE,
    example=example(50000, "A", "B"),
)
def completion_cost(period: Period, scope: Scope) -> Rows:
    accepted = _accepted_recommendations(period, scope)
    return Rows(
        numerator=accepted.filter(state_then=State.VERIFIED),
        amount="actual_cents",
        collected=accepted.exists(),
        missing=_NONE_ACCEPTED,
    )


@measure(
    key="recommendations.on_time",
    title=_("Recommendations completed on time"),
    definition=_(
        "Of the accepted recommendations that have fallen due and were not declined, the share "
        "verified on or before the due "
        "date that was agreed first, in percent. Moving a due date does not make late work punctual."
    ),
    unit="percent",
    at_a_day=True,
    owner=Role.FACILITIES,
    record_class=RecordClass.FACILITY,
    numerator=_("Recommendations verified on or before their first due date"),
    denominator=_("Accepted recommendations whose first due date has passed"),
    code=_CODE,
    direction="up",
    example=example(100 / 3, "A"),
)
def on_time(period: Period, scope: Scope) -> Rows:
    fallen_due = (
        _accepted_recommendations(period, scope)
        .filter(first_due__lt=period.as_of)
        .exclude(state_then=State.DECLINED)
    )
    punctual = verified_date(fallen_due, period.as_of).filter(
        Q(state_then=State.VERIFIED), verified_then__lte=F("first_due")
    )
    return Rows(
        numerator=punctual,
        denominator=fallen_due,
        factor=100,
        needs_denominator=True,
        missing=_("No accepted recommendation has fallen due yet."),
    )


@measure(
    key="recommendations.sites_complete",
    title=_("Sites with every recommendation completed"),
    definition=_(
        "Campuses at which every recommendation is decided and every one that was not declined is "
        "verified, held against all "
        "campuses that have recommendations."
    ),
    unit="campuses",
    at_a_day=True,
    owner=Role.FACILITIES,
    record_class=RecordClass.FACILITY,
    numerator=_("Campuses with no recommendation open and at least one verified"),
    denominator="",
    code=_CODE,
    direction="up",
    example=Example(rows=SITES, period=PERIOD, value=1, records=("North",), build=build),
)
def sites_complete(period: Period, scope: Scope) -> Rows:
    recommended = recommended_campuses(period.as_of)
    complete = complete_campuses(period.as_of)
    if scope.campus_id is not None:
        recommended = recommended.filter(pk=scope.campus_id)
        complete = complete.filter(pk=scope.campus_id)
    return Rows(
        numerator=complete,
        collected=recommended.exists(),
        missing=_("No site has recommendations yet."),
    )
