"""A family takes its yes back, or it runs out: nothing goes on by it, and a renewed one goes on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from schoolward.domains.cases import actions, consent_wall, queries
from schoolward.domains.cases.measures import funnel
from schoolward.domains.cases.models import Referral, Service, Step
from schoolward.domains.cases.queries import Yes, held_on, standing_of
from schoolward.platform.access.consenting import withdraw_consent
from schoolward.platform.access.models import Agreement, Consent
from schoolward.platform.access.policy import visible
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within
from schoolward.platform.audit.models import Event
from schoolward.platform.measures.period import Period, Scope

Bring = Callable[[str], Referral]
DAY = date(2012, 9, 6)
LATER = datetime(2013, 7, 2, 19, 0, tzinfo=UTC)
"""After the last day of the consent of `brought_to`."""


def given(valid_from: date, valid_to: date, withdrawn: datetime | None = None) -> Consent:
    return Consent(valid_from=valid_from, valid_to=valid_to, withdrawn_at=withdrawn)


@pytest.mark.parametrize(
    ("consent", "stands"),
    [
        (None, Yes.WITHDRAWN),
        (given(date(2012, 9, 6), date(2013, 6, 30)), Yes.HOLDS),
        (given(date(2012, 9, 6), date(2012, 10, 7)), Yes.HOLDS),
        (given(date(2012, 9, 6), date(2012, 10, 6)), Yes.SOON),
        (given(date(2012, 9, 1), DAY), Yes.SOON),
        (given(date(2012, 9, 1), date(2012, 9, 5)), Yes.RUN_OUT),
        (given(date(2012, 9, 7), date(2013, 6, 30)), Yes.RUN_OUT),
        (
            given(date(2012, 9, 1), date(2013, 6, 30), datetime(2012, 9, 6, 20, 0, tzinfo=UTC)),
            Yes.WITHDRAWN,
        ),
    ],
)
def test_how_a_yes_stands(consent: Consent | None, stands: Yes) -> None:
    assert standing_of(consent, DAY) is stands


@pytest.mark.parametrize(
    ("day", "held"),
    [
        (date(2012, 9, 2), False),
        (date(2012, 9, 3), True),
        (date(2012, 9, 5), True),
        (date(2012, 9, 6), False),
    ],
)
def test_what_was_before_the_yes_was_taken_back_stays_true(day: date, held: bool) -> None:
    taken_back = datetime(2012, 9, 6, 2, 0, tzinfo=UTC)  # the evening of the fifth in Sacramento
    assert held_on(given(date(2012, 9, 3), date(2013, 6, 30), taken_back), day) is held


def planned(referral: Referral, by: Viewer, at: datetime) -> Service:
    with within(Viewer.system(at=at)):
        program = Referral.objects.select_related("program").get(pk=referral.pk).program
        assert program is not None
        offering = program.offerings.create(number=1, starts_on=DAY, ends_on=date(2012, 12, 1))
    return actions.plan_service(referral_id=referral.pk, offering_id=offering.pk, planned=10, by=by, at=at)


def take_back(referral: Referral, by: Viewer, at: datetime) -> None:
    with within(by):
        number = Referral.objects.get(pk=referral.pk).consent_id
    assert number is not None
    withdraw_consent(consent_id=number, by=by, at=at)


def now(referral: Referral, at: datetime) -> Referral:
    with within(Viewer.system(at=at)):
        return Referral.objects.select_related("consent").get(pk=referral.pk)


def say_yes_again(referral: Referral, by: Viewer, at: datetime) -> Consent:
    day = at.date()
    return actions.consent(
        referral_id=referral.pk,
        given_by="parent",
        valid_from=day,
        valid_to=date(day.year + 1, day.month, 1),
        by=by,
        at=at,
    )


def test_nothing_goes_on_by_a_yes_that_was_taken_back(
    brought_to: Bring, coordinator: Viewer, at: datetime
) -> None:
    held = brought_to("started")
    service = planned(held, coordinator, at)
    actions.count_sessions(service_id=service.pk, attended=1, by=coordinator, at=at)
    take_back(held, coordinator, at)
    with pytest.raises(actions.CaseRefused, match="ask them again"):
        actions.count_sessions(service_id=service.pk, attended=3, by=coordinator, at=at)
    with pytest.raises(actions.CaseRefused, match="ask them again"):
        actions.plan_service(
            referral_id=held.pk, offering_id=service.offering_id, planned=12, by=coordinator, at=at
        )
    with pytest.raises(actions.CaseRefused, match="does not hold on that day"):
        actions.complete(referral_id=held.pk, by=coordinator, at=datetime(2012, 9, 9, 19, 0, tzinfo=UTC))
    assert now(held, at).state == "started"


def test_the_database_counts_no_session_and_no_start_by_it(
    brought_to: Bring, coordinator: Viewer, at: datetime
) -> None:
    held = brought_to("consented")
    service = planned(held, coordinator, at)
    take_back(held, coordinator, at)
    with (
        within(Viewer.system(at=at)),
        pytest.raises(DatabaseError, match="was not taken back"),
        transaction.atomic(),
    ):
        Service.objects.filter(pk=service.pk).update(attended=1, counted_on=DAY)
    with (
        within(Viewer.system(at=at)),
        pytest.raises(DatabaseError, match="was not taken back"),
        transaction.atomic(),
    ):
        Referral.objects.filter(pk=held.pk).update(state="started", told="started", started_on=DAY)


YES = (date(2012, 9, 3), date(2013, 6, 30))
"""The days of the consent of `brought_to`."""


def refused_by_the_database(write: Callable[[], object], at: datetime) -> bool:
    """Whether the second wall stops a write that passes the action by."""
    try:
        with within(Viewer.system(at=at)), transaction.atomic():
            write()
    except DatabaseError as error:
        if "needs a consent that holds on its day" not in str(error):
            raise
        return True
    return False


@pytest.mark.parametrize(
    ("day", "refused"),
    [
        (YES[0] - timedelta(days=1), True),
        (date(2012, 9, 5), False),
        (YES[1], False),
        (YES[1] + timedelta(days=1), True),
        (None, True),
    ],
)
def test_the_database_counts_no_session_on_a_day_without_a_yes(
    brought_to: Bring, coordinator: Viewer, at: datetime, day: date | None, refused: bool
) -> None:
    service = planned(brought_to("consented"), coordinator, at)
    rows = Service.objects.filter(pk=service.pk)
    assert refused_by_the_database(lambda: rows.update(attended=1, counted_on=day), at) is refused
    assert not refused_by_the_database(lambda: rows.update(planned=11), at)


@pytest.mark.parametrize(
    ("day", "refused"),
    [(date(2012, 9, 5), False), (YES[1], False), (YES[1] + timedelta(days=1), True)],
)
def test_the_database_starts_and_completes_nothing_on_a_day_without_a_yes(
    brought_to: Bring, coordinator: Viewer, at: datetime, day: date, refused: bool
) -> None:
    rows = Referral.objects.filter(pk=brought_to("consented").pk)
    started = {"state": "started", "told": "started", "started_on": day, "since": day}
    assert refused_by_the_database(lambda: rows.update(**started), at) is refused
    if refused:
        fit = {**started, "started_on": YES[0] + timedelta(days=2), "since": YES[0] + timedelta(days=2)}
        assert not refused_by_the_database(lambda: rows.update(**fit), at)
    completed = {"state": "completed", "told": "ended", "ended_on": day, "since": day, "due_on": None}
    assert refused_by_the_database(lambda: rows.update(**completed), at) is refused


def test_sessions_of_a_referral_that_is_over_are_counted_late(
    brought_to: Bring, coordinator: Viewer, at: datetime
) -> None:
    held = brought_to("started")
    service = planned(held, coordinator, at)
    actions.complete(referral_id=held.pk, on=date(2012, 9, 6), by=coordinator, at=at)
    actions.count_sessions(service_id=service.pk, attended=1, by=coordinator, at=LATER)
    with within(Viewer.system(at=at)):
        assert Service.objects.values_list("attended", "counted_on").get(pk=service.pk) == (1, LATER.date())


@pytest.mark.django_db
def test_the_second_wall_stands() -> None:
    """Each trigger by its name: where one is missing, this fails before a row does."""
    names = {one.name for one in (*consent_wall.TAKEN_BACK, *consent_wall.OF_A_DAY)}
    assert len(names) == 5
    catalogue = "pg_trigger" if connection.vendor == "postgresql" else "sqlite_master"
    column = "tgname" if connection.vendor == "postgresql" else "name"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {catalogue}")  # noqa: S608 - two names of ours
        there = {row[0] for row in cursor.fetchall()}
    assert names - there == set()


def test_one_that_has_run_out_is_as_gone_and_a_renewed_one_goes_on(
    brought_to: Bring, coordinator: Viewer, at: datetime
) -> None:
    held = brought_to("started")
    service = planned(held, coordinator, at)
    with pytest.raises(actions.CaseRefused, match="yes holds"):
        say_yes_again(held, coordinator, at)
    with pytest.raises(actions.CaseRefused, match="ask them again"):
        actions.count_sessions(service_id=service.pk, attended=3, by=coordinator, at=LATER)
    with within(coordinator):
        own = queries.mine(coordinator)
        assert list(queries.without_yes(own, on=DAY)) == []
        assert [one.pk for one in queries.without_yes(own, on=LATER.date())] == [held.pk]
    steps = Event.objects.filter(action="cases.referral_yes_renewed")
    renewed = say_yes_again(held, coordinator, LATER)
    assert steps.count() == 1
    after = now(held, LATER)
    assert (after.state, after.told, after.consent_id) == ("started", "started", renewed.pk)
    assert (after.consented_on, after.started_on) == (date(2012, 9, 4), date(2012, 9, 5))
    actions.count_sessions(service_id=service.pk, attended=3, by=coordinator, at=LATER)
    actions.complete(referral_id=held.pk, by=coordinator, at=LATER)
    with within(Viewer.system(at=at)):
        assert Step.objects.filter(referral=held.pk, before="started", after="started").count() == 1


def test_whoever_delivers_sees_it_again_with_the_renewed_yes_alone(
    brought_to: Bring,
    person: Callable[..., Viewer],
    agreement: Callable[..., Agreement],
    coordinator: Viewer,
    at: datetime,
) -> None:
    held = brought_to("started")
    agreement(
        "district",
        "community",
        [f"cases.Referral.{name}" for name in ("state", "version", "started_on", "ended_on")],
    )
    provider = person("provider", "community")

    def seen() -> int:
        with within(provider):
            return visible(Referral.objects.filter(pk=held.pk), provider).count()

    assert seen() == 1
    take_back(held, coordinator, at)
    assert seen() == 0
    say_yes_again(held, coordinator, at)
    assert seen() == 1


def test_the_referrer_learns_no_more_than_before(
    brought_to: Bring, client_of: Callable[..., Client], coordinator: Viewer, campus: object, at: datetime
) -> None:
    held = brought_to("started")
    referrer = client_of("site_lead", campuses=[campus], purpose="school_safety")
    before = referrer.get("/cases/referred/").content
    take_back(held, coordinator, at)
    after = referrer.get("/cases/referred/").content
    assert b"Started" in after
    for word in (b"yes", b"taken back", b"again"):
        assert (word in after) == (word in before)


def test_the_worker_sees_what_to_do_on_page_board_and_api(
    brought_to: Bring, client_of: Callable[..., Client], coordinator: Viewer, at: datetime
) -> None:
    held = brought_to("started")
    take_back(held, coordinator, at)
    client = client_of("program_coordinator")
    page = client.get(f"/cases/referrals/{held.pk}/").content.decode()
    assert "Ask the family again" in page
    assert "They have completed it" not in page
    board = client.get("/cases/").content.decode()
    assert "ask the family again" in board
    assert "1 family has to be asked again" in board
    narrowed = client.get("/cases/?late=yes").content.decode()
    assert f"no. {held.pk}" in narrowed
    assert client.get(f"/api/v1/cases/referrals/{held.pk}").json()["yes"] == "withdrawn"
    assert client.get(f"/cases/referrals/{held.pk}/consent/").status_code == 200


def test_who_answers_it_is_told_once(brought_to: Bring, coordinator: Viewer, at: datetime) -> None:
    held = brought_to("started")
    system = Viewer.system(at=at)
    assert actions.tell_of_stalled(on=DAY, by=system, at=at) == []
    take_back(held, coordinator, at)
    (told,) = actions.tell_of_stalled(on=DAY, by=system, at=at)
    assert (told.coordinator_id, told.to_leads) == (coordinator.account_id, False)
    assert actions.tell_of_stalled(on=DAY, by=system, at=at) == []


def test_the_funnel_counts_what_was_reached(brought_to: Bring, coordinator: Viewer, at: datetime) -> None:
    """A yes that was given was given: taking it back does not unmake the steps (M32)."""
    held = brought_to("started")
    period, scope = Period(date(2012, 8, 1), DAY, date(2012, 9, 30)), Scope()

    def counted() -> list[tuple[int, int]]:
        with within(Viewer.system(at=at)):
            return [
                (rows.numerator.count(), rows.denominator.count())
                for rows in (f(period, scope) for f in (funnel.consented, funnel.started, funnel.completed))
            ]

    before = counted()
    assert before == [(1, 1), (1, 1), (0, 1)]
    take_back(held, coordinator, at)
    assert counted() == before
