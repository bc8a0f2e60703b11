"""Monthly tracking: which months are due, who may write one, and what of a cohort may be told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as st

from domain.cases.conftest import make_youth
from schoolward.domains.cases.actions.editions import give_tables
from schoolward.domains.cases.actions.outreach import track_month
from schoolward.domains.cases.actions.recording import CaseRefused, NotTheirs
from schoolward.domains.cases.models import Area, Going, MonthlyTrack, Referral, of_referral, of_youth
from schoolward.domains.cases.program_work import Tracked, tracking
from schoolward.domains.cases.queries import outreach as queries
from schoolward.domains.cases.relations import DELIVERED, KNOWN
from schoolward.domains.programs import actions as program_actions
from schoolward.domains.programs.models import Program
from schoolward.platform.access.models import Agreement, Consent, Membership
from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.schema_checks import refused_words
from schoolward.platform.access.sealing import order, seal
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within
from schoolward.platform.audit.models import Event

RULE = Tracked("gptto", date(2010, 1, 1), "test", months=12, due_day=5)
GOING = {"justice": "none", "school": "better", "family": "same", "club": "worse"}


@pytest.mark.parametrize(
    ("started", "ended", "on", "last", "many"),
    [
        (date(2012, 8, 31), None, date(2012, 9, 4), None, 0),  # August is due on the fifth
        (date(2012, 8, 31), None, date(2012, 9, 5), date(2012, 8, 1), 1),
        (date(2012, 5, 2), None, date(2012, 9, 6), date(2012, 8, 1), 4),
        (date(2012, 5, 2), date(2012, 7, 1), date(2012, 9, 6), date(2012, 7, 1), 3),  # the month of the end
        (date(2012, 5, 2), date(2012, 6, 30), date(2012, 9, 6), date(2012, 6, 1), 2),
        (date(2011, 1, 31), None, date(2012, 9, 6), date(2011, 12, 1), 12),  # the first year, and no more
    ],
)
def test_months_are_due_from_the_start_for_a_year(
    started: date, ended: date | None, on: date, last: date | None, many: int
) -> None:
    found = queries.months_tracked(started, ended, RULE, on)
    assert (len(found), found[-1] if found else None) == (many, last)


@given(
    st.dates(date(2010, 1, 1), date(2012, 9, 6)),
    st.none() | st.integers(0, 800),
    st.integers(0, 900),
)
def test_no_month_is_asked_for_before_its_day_or_after_the_end(
    started: date, runs: int | None, after: int
) -> None:
    ended, on = None if runs is None else started + timedelta(days=runs), started + timedelta(days=after)
    found = queries.months_tracked(started, ended, RULE, on)
    assert found == sorted(set(found))
    assert len(found) <= RULE.months
    for month in found:
        assert month.day == 1
        assert month >= started.replace(day=1)
        assert queries.due_day(month, RULE) <= on
        assert ended is None or month <= ended
    assert queries.missing_months(started, ended, found, RULE, on) == []


@pytest.fixture
def outreach(membership: Callable[..., Membership], by: Viewer, at: datetime) -> Program:
    """A program that is tracked month by month."""
    provider = program_actions.add_provider(
        name="The Club", agency_id=membership("provider", "community").agency_id, by=by, at=at
    )
    return program_actions.add_program(
        title="Outreach", key="gptto", kind="case", provider_id=provider.pk, by=by, at=at
    )


@pytest.fixture
def enrol(outreach: Program, coordinator: Viewer, at: datetime) -> Callable[..., Referral]:
    """A young person who started on a day."""

    def make(started: date = date(2012, 7, 10), ended: date | None = None, number: int = 1) -> Referral:
        youth = make_youth(coordinator, legal_name=f"Invented {number}")
        with within(Viewer.system(at=at)):
            consent = Consent.objects.create(
                agency_id=youth.agency_id,
                subject=youth.subject,
                record_class="protected",
                recipient=outreach.provider.agency,
                category="program",
                purpose="youth_program",
                given_by="parent",
                valid_from=started,
                valid_to=date(2013, 6, 30),
                recorded_at=at,
            )
            return Referral.objects.create(
                **of_youth(youth),
                program=outreach,
                need="group",
                state="completed" if ended else "started",
                told="ended" if ended else "started",
                referred_on=started,
                contacted_on=started,
                consented_on=started,
                started_on=started,
                ended_on=ended,
                since=ended or started,
                consent=consent,
                coordinator_id=coordinator.account_id,
            )

    return make


def track(referral: Referral, by: Viewer, at: datetime, month: date, **changes: str) -> MonthlyTrack:
    return track_month(referral_id=referral.pk, month=month, going={**GOING, **changes}, by=by, at=at)


def events(at: datetime) -> int:
    return Event.objects.filter(action="cases.month_tracked").count()


def test_a_missing_month_is_listed_until_it_is_written_down_once(
    enrol: Callable[..., Referral], coordinator: Viewer, at: datetime
) -> None:
    referral = enrol()
    assert [row.months for row in queries.overdue(coordinator, date(2012, 9, 6))] == [
        [date(2012, 7, 1), date(2012, 8, 1)]
    ]
    first = track(referral, coordinator, at, date(2012, 7, 20))
    assert first.month == date(2012, 7, 1)
    assert track(referral, coordinator, at, date(2012, 7, 3)).pk == first.pk
    assert events(at) == 1  # nothing was new the second time
    track(referral, coordinator, at, date(2012, 7, 1), school="same")
    assert events(at) == 2
    (row,) = queries.overdue(coordinator, date(2012, 9, 6))
    assert row.months == [date(2012, 8, 1)]
    page = queries.months_page(coordinator, referral.pk, date(2012, 9, 6))
    assert page is not None
    assert [(one.month, one.school) for one in page.months] == [(date(2012, 7, 1), "same")]
    assert page.next_month(date(2012, 9, 6)) == date(2012, 8, 1)


@pytest.mark.parametrize(
    ("month", "changes", "field"),
    [
        (date(2012, 6, 30), {}, "month"),
        (date(2012, 10, 1), {}, "month"),
        (date(2012, 7, 1), {"family": ""}, "family"),
        (date(2012, 7, 1), {"justice": "arrested"}, "justice"),
    ],
)
def test_what_cannot_be_is_refused_with_its_field(
    enrol: Callable[..., Referral],
    coordinator: Viewer,
    at: datetime,
    month: date,
    changes: dict[str, str],
    field: str,
) -> None:
    with pytest.raises(CaseRefused) as refused:
        track(enrol(), coordinator, at, month, **changes)
    assert refused.value.field == field


def test_a_program_that_is_not_tracked_has_no_months(
    brought_to: Callable[[str], Referral], coordinator: Viewer, at: datetime
) -> None:
    referral = brought_to("started")
    with pytest.raises(CaseRefused, match="not tracked"):
        track(referral, coordinator, at, date(2012, 9, 1))
    assert queries.months_page(coordinator, referral.pk, date(2012, 9, 6)) is None


def test_the_club_writes_under_an_agreement_and_a_colleague_does_not(
    enrol: Callable[..., Referral],
    person: Callable[..., Viewer],
    agreement: Callable[..., Agreement],
    at: datetime,
) -> None:
    referral = enrol()
    club = person("provider", "community")
    with pytest.raises(NotTheirs):
        track(referral, club, at, date(2012, 7, 1))
    agreement(
        "district",
        "community",
        [
            *(f"cases.Referral.{name}" for name in DELIVERED),
            *(f"cases.Youth.{name}" for name in KNOWN),
            *(f"cases.MonthlyTrack.{name}" for name in ("id", "youth", "referral", "month", *Area.values)),
        ],
    )
    track(referral, club, at, date(2012, 7, 1))
    (row,) = queries.overdue(club, date(2012, 9, 6))
    assert row.months == [date(2012, 8, 1)]
    another = person("program_coordinator", who="another")
    with pytest.raises(NotTheirs):
        track(referral, another, at, date(2012, 8, 1))
    assert queries.overdue(another, date(2012, 9, 6)) == []
    with pytest.raises(AccessDenied):
        queries.overdue(person("school_resource_officer", "police"), date(2012, 9, 6))


def test_what_is_sealed_is_nowhere(
    enrol: Callable[..., Referral], coordinator: Viewer, person: Callable[..., Viewer], at: datetime
) -> None:
    referral = enrol()
    track(referral, coordinator, at, date(2012, 7, 1))
    officer = person("privacy_officer", purpose="records")
    name = f"cases.Youth:{referral.youth_id}"
    made = order(
        record_name=name,
        ground="wic_786",
        reason="Order",
        due_on=date(2012, 9, 6),
        by=officer,
        at=at,
    )
    seal(sealing_id=made.pk, by=officer, at=at)
    give_tables(on=date(2012, 9, 6), by=Viewer.system(at=at), at=at)
    assert queries.overdue(coordinator, date(2012, 9, 6)) == []
    assert queries.months_page(coordinator, referral.pk, date(2012, 9, 6)) is None
    assert queries.cohort_table(coordinator).rows == []


def test_walls_and_words(enrol: Callable[..., Referral], coordinator: Viewer, at: datetime) -> None:
    kept = track(enrol(), coordinator, at, date(2012, 7, 1))
    with pytest.raises(DatabaseError), transaction.atomic(), within(Viewer.system(at=at)):
        MonthlyTrack.objects.filter(pk=kept.pk).update(month=date(2012, 8, 1))
    with pytest.raises(DatabaseError), transaction.atomic(), within(Viewer.system(at=at)):
        MonthlyTrack.objects.filter(pk=kept.pk).delete()
    assert refused_words(MonthlyTrack) == []
    texts = [
        field.name
        for field in MonthlyTrack._meta.concrete_fields
        if field.get_internal_type() in ("CharField", "TextField") and not field.choices
    ]
    assert texts == ["subject"]  # no room for a word of what happened


def test_the_cohort_table_tells_no_small_number_and_hides_what_gives_one_away(
    enrol: Callable[..., Referral], coordinator: Viewer, person: Callable[..., Viewer], at: datetime
) -> None:
    rows = []
    for number in range(36):
        referral = enrol(number=number)
        word = Going.BETTER if number < 20 else Going.SAME if number < 33 else Going.WORSE
        rows.append(
            MonthlyTrack(
                **of_referral(referral),
                month=date(2012, 7, 1),
                told_on=date(2012, 8, 1),
                **{area: word if area == "school" else Going.BETTER for area in Area.values},
            )
        )
    with within(Viewer.system(at=at)):
        MonthlyTrack.objects.bulk_create(rows)
    lead = person("lead", purpose="accountability")
    assert queries.cohort_table(lead).rows == []
    give_tables(on=date(2012, 9, 6), by=Viewer.system(at=at), at=at)
    found = queries.cohort_table(lead)
    by_area = {row.area: row for row in found.rows}
    assert found.hidden
    assert {row.cohort for row in found.rows} == {"2012-13"}
    assert by_area["Family"].better == by_area["Family"].everybody
    school = by_area["School"]
    assert school.worse is None
    assert None in (school.better, school.same, school.not_told)  # three would follow from the others
    with pytest.raises(AccessDenied):
        queries.cohort_table(person("provider", "community"))


def test_the_last_month_that_tells_of_an_area_counts(
    enrol: Callable[..., Referral], coordinator: Viewer, at: datetime
) -> None:
    for number in range(12):
        referral = enrol(number=number)
        track(referral, coordinator, at, date(2012, 7, 1), school="worse")
        track(referral, coordinator, at, date(2012, 8, 1), school="better")
        track(referral, coordinator, at, date(2012, 9, 1), school="unknown", justice="unknown")
    give_tables(on=date(2012, 9, 6), by=Viewer.system(at=at), at=at)
    rows = {row.area: row.numbers for row in queries.cohort_table(coordinator).rows}
    assert rows["School"] == (12, 0, 0, 0, 12)
    assert rows["Justice"] == (0, 0, 0, 12, 12)  # not told is nobody's improvement


def test_a_rule_holds_on_its_day() -> None:
    assert tracking("gptto", date(2010, 10, 3)) is None
    assert tracking("lifeline", date(2012, 9, 6)) is None
    assert tracking("gptto", date(2012, 9, 6)) is not None


def test_a_page_of_months_is_not_another_coordinators(
    enrol: Callable[..., Referral], coordinator: Viewer
) -> None:
    referral = enrol()
    assert queries.months_page(replace(coordinator, purpose="records"), referral.pk, date(2012, 9, 6)) is None


def test_whoever_looks_twice_does_not_have_the_words_of_a_child(
    enrol: Callable[..., Referral], coordinator: Viewer, person: Callable[..., Viewer], at: datetime
) -> None:
    referrals = [enrol(number=number) for number in range(30)]
    for referral in referrals:
        track(referral, coordinator, at, date(2012, 7, 1), school="same")
    system, lead = Viewer.system(at=at), person("lead", purpose="accountability")

    def school() -> tuple[int | None, ...]:
        return next(row.numbers for row in queries.cohort_table(lead).rows if row.area == "School")

    assert give_tables(on=date(2012, 9, 6), by=system, at=at) == {"given": 1, "kept": 0}
    assert school() == (0, 30, 0, 0, 30)
    track(referrals[0], coordinator, at, date(2012, 8, 1), school="better")
    assert school() == (0, 30, 0, 0, 30), "one child's words"
    assert give_tables(on=date(2012, 9, 20), by=system, at=at) == {"given": 0, "kept": 0}
    assert give_tables(on=date(2012, 10, 1), by=system, at=at) == {"given": 0, "kept": 1}
    assert school() == (0, 30, 0, 0, 30)
    for referral in referrals[1:14]:
        track(referral, coordinator, at, date(2012, 8, 1), school="better")
    assert give_tables(on=date(2012, 11, 1), by=system, at=at) == {"given": 1, "kept": 0}
    assert school() == (14, 16, 0, 0, 30)


def test_a_seal_changes_no_edition_by_one(
    enrol: Callable[..., Referral], coordinator: Viewer, person: Callable[..., Viewer], at: datetime
) -> None:
    referrals = [enrol(number=number) for number in range(12)]
    for referral in referrals:
        track(referral, coordinator, at, date(2012, 7, 1))
    system, officer = Viewer.system(at=at), person("privacy_officer", purpose="records")
    give_tables(on=date(2012, 9, 6), by=system, at=at)
    before = queries.cohort_table(coordinator)
    made = order(
        record_name=f"cases.Youth:{referrals[0].youth_id}",
        ground="wic_786",
        reason="Order",
        due_on=date(2012, 9, 6),
        by=officer,
        at=at,
    )
    seal(sealing_id=made.pk, by=officer, at=at)
    assert give_tables(on=date(2012, 10, 1), by=system, at=at) == {"given": 0, "kept": 1}
    assert queries.cohort_table(coordinator) == before
