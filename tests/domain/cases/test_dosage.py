"""No plan and no count of sessions goes beyond the days on which an offering meets."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolward.domains.cases import actions
from schoolward.domains.cases.actions.dosage import days_of
from schoolward.domains.cases.models import Referral, Youth
from schoolward.domains.programs.models import Program
from schoolward.platform.access.viewer import Viewer

Bring = Callable[[str], Referral]
DAYS = st.dates(date(2010, 1, 1), date(2014, 1, 1))


@given(DAYS, DAYS, st.lists(st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"]), unique=True))
def test_days_are_those_of_the_week_within_the_span(first: date, last: date, week: list[str]) -> None:
    found = days_of(",".join(week), first, last)
    assert 0 <= found <= max(0, (last - first).days + 1)
    assert found + days_of(",".join(week), last + timedelta(days=1), last) == found
    if week:
        each = sum(days_of(one, first, last) for one in week)
        assert found == each


OFFERINGS = [
    ({"starts_on": date(2012, 5, 1), "ends_on": date(2012, 5, 30)}, 1, "ended on 2012-05-30"),
    ({"cancelled_on": date(2012, 9, 2), "cancel_reason": "staff"}, 1, "cancelled"),
    ({"days": "MO,WE"}, 27, "1 to 26"),
    ({}, 93, "1 to 92"),
    ({}, 400, "1 to 92"),
    ({}, 0, "1 to 92"),
]


@pytest.mark.parametrize(("fields", "planned", "why"), OFFERINGS)
def test_a_plan_beyond_the_offering_is_refused(
    brought_to: Bring,
    coordinator: Viewer,
    program: Program,
    at: datetime,
    fields: dict[str, Any],
    planned: int,
    why: str,
) -> None:
    held = brought_to("contacted")
    told = {"starts_on": date(2012, 9, 1), "ends_on": date(2012, 12, 1), "place": "The hall", **fields}
    offering = program.offerings.create(number=1, **told)
    who: dict[str, Any] = {"by": coordinator, "at": at}
    with pytest.raises(actions.CaseRefused, match=why):
        actions.plan_service(referral_id=held.pk, offering_id=offering.pk, planned=planned, **who)


def test_a_plan_of_the_program_bounds_it_as_well(
    brought_to: Bring, coordinator: Viewer, program: Program, at: datetime
) -> None:
    held = brought_to("contacted")
    program.plans.create(valid_from=date(2012, 1, 1), sessions=12, minutes=60, source="Manual")
    offering = program.offerings.create(
        number=1, starts_on=date(2012, 9, 1), ends_on=date(2012, 12, 1), place="The hall"
    )
    who: dict[str, Any] = {"referral_id": held.pk, "offering_id": offering.pk, "by": coordinator, "at": at}
    with pytest.raises(actions.CaseRefused, match="1 to 12"):
        actions.plan_service(planned=13, **who)
    assert actions.plan_service(planned=12, **who).planned == 12


@pytest.mark.parametrize("born_on", [date(1900, 1, 1), date(2012, 9, 5), date(1989, 1, 1), date(2009, 1, 1)])
def test_an_edit_holds_to_the_ages_of_a_referral(
    youth: Youth, coordinator: Viewer, at: datetime, born_on: date
) -> None:
    with pytest.raises(actions.CaseRefused, match="years old") as refused:
        actions.change_youth(youth_id=youth.pk, changes={"born_on": born_on}, by=coordinator, at=at)
    assert refused.value.field == "born_on"
