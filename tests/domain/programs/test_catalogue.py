"""The catalogue: keys, kinds, plans, ratings that may disagree, rules with versions, contests with
answers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from schoolward.domains.places.models import Campus
from schoolward.domains.programs import actions, queries
from schoolward.domains.programs.models import (
    CapacityReport,
    Contest,
    EvidenceRating,
    Offering,
    Program,
    ProgramState,
    Provider,
)
from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.viewer import Viewer

Make = Callable[..., Program]


def test_a_key_that_is_the_address_of_another_page_is_refused(
    league: Provider, by: Viewer, at: datetime
) -> None:
    for key in ("new", "sessions", "to-count", "services"):
        with pytest.raises(actions.ProgramRefused) as refused:
            actions.add_program(title=key, kind="event", provider_id=league.pk, key=key, by=by, at=at)
        assert refused.value.field == "key"


@pytest.mark.parametrize(
    ("starts", "pilot", "ended", "state"),
    [
        (None, None, None, ProgramState.PLANNED),
        (date(2012, 9, 7), None, None, ProgramState.PLANNED),
        (date(2012, 9, 6), None, None, ProgramState.RUNNING),
        (date(2012, 9, 1), date(2012, 9, 6), None, ProgramState.PILOT),
        (date(2012, 9, 1), date(2012, 9, 5), None, ProgramState.ENDED),
        (date(2012, 9, 1), None, date(2012, 9, 6), ProgramState.ENDED),
        (date(2012, 9, 1), None, date(2012, 9, 7), ProgramState.RUNNING),
    ],
)
def test_rows_and_queries_agree_how_a_program_stands(
    league: Provider,
    by: Viewer,
    starts: date | None,
    pilot: date | None,
    ended: date | None,
    state: ProgramState,
) -> None:
    made = Program.objects.create(
        key="x",
        title="X",
        kind="event",
        provider=league,
        starts_on=starts,
        pilot_until=pilot,
        ended_on=ended,
    )
    day = date(2012, 9, 6)
    assert made.state_on(day) == state
    found = [one for one in ProgramState if queries.with_state(queries.programs(by), one, on=day).exists()]
    assert found == [state]


def test_a_new_plan_ends_the_one_before_and_the_old_day_keeps_the_old_plan(
    program: Make, by: Viewer, at: datetime
) -> None:
    made = program("curriculum")
    for day, sessions in ((date(2011, 9, 1), 10), (date(2012, 9, 1), 12)):
        actions.set_plan(
            program_id=made.pk, valid_from=day, sessions=sessions, minutes=45, source="Manual", by=by, at=at
        )
    found = [queries.plan_on(made, day) for day in (date(2011, 8, 31), date(2012, 8, 31), date(2012, 9, 1))]
    assert [plan.sessions if plan else None for plan in found] == [None, 10, 12]
    with pytest.raises(actions.ProgramRefused):
        actions.set_plan(
            program_id=made.pk,
            valid_from=date(2012, 1, 1),
            sessions=9,
            minutes=45,
            source="Manual",
            by=by,
            at=at,
        )


def test_an_event_has_no_plan_and_a_case_service_no_sessions(
    program: Make, campus: Campus, by: Viewer, at: datetime
) -> None:
    day = date(2012, 9, 6)
    with pytest.raises(actions.ProgramRefused):
        actions.set_plan(
            program_id=program("event").pk, valid_from=day, sessions=1, minutes=60, source="x", by=by, at=at
        )
    for kind in ("case", "therapy"):
        with pytest.raises(actions.ProgramRefused):
            actions.open_offering(
                program_id=program(kind).pk, starts_on=day, ends_on=day, campus_id=campus.pk, by=by, at=at
            )


def test_sources_that_disagree_both_stand(program: Make, by: Viewer, at: datetime) -> None:
    made = program("curriculum")
    for source, rating, dated in (
        ("A clearinghouse", "Promising", date(2011, 6, 15)),
        ("A clearinghouse", "No Effects", date(2012, 7, 11)),
        ("A study", "Promising", date(2010, 1, 1)),
    ):
        actions.rate(
            program_id=made.pk,
            source=source,
            rating=rating,
            population="high-school youth",
            dated=dated,
            date_is="rated",
            by=by,
            at=at,
        )
    found = list(queries.ratings(by))
    assert [(one.source, one.rating) for one in found] == [
        ("A clearinghouse", "No Effects"),
        ("A clearinghouse", "Promising"),
        ("A study", "Promising"),
    ]
    assert queries.disagree(found)
    assert not queries.disagree(found[1:])


@pytest.mark.parametrize("who", ["the system", "a person"])
def test_a_rating_of_a_day_to_come_is_refused_whoever_writes(
    program: Make, by: Viewer, person: Callable[..., Viewer], at: datetime, who: str
) -> None:
    made, writer = program("curriculum"), by if who == "the system" else person("lead")
    assert writer.is_system is (who == "the system")
    words = {"source": "A clearinghouse", "rating": "Promising", "population": "youth", "date_is": "rated"}
    with pytest.raises(actions.ProgramRefused, match="not come yet") as refused:
        actions.rate(program_id=made.pk, dated=date(2012, 9, 7), by=writer, at=at, **words)
    assert refused.value.field == "dated"
    actions.rate(program_id=made.pk, dated=date(2012, 9, 6), by=writer, at=at, **words)
    assert EvidenceRating.objects.count() == 1


@pytest.mark.parametrize("missing", ["source", "rating", "population"])
def test_a_rating_is_never_bare(program: Make, by: Viewer, at: datetime, missing: str) -> None:
    made = program("curriculum")
    words = {"source": "A clearinghouse", "rating": "Promising", "population": "youth", missing: " "}
    with pytest.raises(actions.ProgramRefused) as refused:
        actions.rate(program_id=made.pk, dated=date(2012, 1, 1), date_is="rated", by=by, at=at, **words)
    assert refused.value.field == missing
    with pytest.raises(IntegrityError), transaction.atomic():
        EvidenceRating.objects.create(program=made, dated=date(2012, 1, 1), **{**words, missing: ""})


def test_a_rule_has_versions_and_a_day_is_judged_by_its_own(program: Make, by: Viewer, at: datetime) -> None:
    made = program("case")
    first = actions.write_rule(
        program_id=made.pk,
        text=" Is 10 to 17. \n\n A parent comes. ",
        source="Manual",
        valid_from=date(2011, 9, 1),
        by=by,
        at=at,
    )
    assert first.requirements == ["Is 10 to 17.", "A parent comes."]
    again = actions.write_rule(
        program_id=made.pk,
        text="Is 10 to 17.\nA parent comes.",
        source="Manual",
        valid_from=date(2011, 9, 1),
        by=by,
        at=at,
    )
    assert again.pk == first.pk
    second = actions.write_rule(
        program_id=made.pk, text="Is 10 to 18.", source="Law", valid_from=date(2012, 9, 1), by=by, at=at
    )
    assert [second.version, second.written_by_role] == [2, "system"]
    assert queries.rule_on(made, date(2012, 8, 31)) == first
    assert queries.rule_on(made, date(2012, 9, 1)) == second
    assert queries.rule_on(made, date(2011, 8, 31)) is None
    with pytest.raises(actions.ProgramRefused) as refused:
        actions.write_rule(
            program_id=made.pk, text="Other.", source="x", valid_from=date(2012, 9, 1), by=by, at=at
        )
    assert refused.value.field == "valid_from"


def test_anybody_may_contest_and_somebody_else_answers(
    program: Make, person: Callable[..., Viewer], by: Viewer, at: datetime
) -> None:
    rule = actions.write_rule(
        program_id=program("case").pk,
        text="Is 10 to 17.",
        source="Manual",
        valid_from=date(2012, 1, 1),
        by=by,
        at=at,
    )
    lead, monitor = person("lead"), person("campus_monitor")
    words = {"ground": "unclear", "argument": "Seventeen on which day?"}
    contest = actions.contest_rule(rule_id=rule.pk, by=monitor, at=at, **words)
    assert actions.contest_rule(rule_id=rule.pk, by=monitor, at=at, **words) == contest
    assert list(queries.unanswered(lead)) == [contest]
    with pytest.raises(AccessDenied):
        actions.answer_contest(contest_id=contest.pk, outcome="kept", reason="No.", by=monitor, at=at)
    actions.answer_contest(
        contest_id=contest.pk, outcome="changed", reason="The day of referral.", by=lead, at=at
    )
    assert not queries.unanswered(lead).exists()
    with pytest.raises(actions.ProgramRefused):
        actions.answer_contest(contest_id=contest.pk, outcome="kept", reason="No.", by=lead, at=at)
    own = actions.contest_rule(rule_id=rule.pk, ground="law", argument="It must be 18.", by=lead, at=at)
    with pytest.raises(actions.ProgramRefused):
        actions.answer_contest(contest_id=own.pk, outcome="kept", reason="No.", by=lead, at=at)
    with pytest.raises(DatabaseError), transaction.atomic():
        Contest.objects.filter(pk=contest.pk).update(argument="Something else.")


def test_places_are_reported_once_and_unknown_is_not_none(
    program: Make, person: Callable[..., Viewer], at: datetime
) -> None:
    made, own, other = program("therapy"), person("provider", "community"), person("provider", "city")
    numbers = {"unit": "caseload", "maximum": 24, "intake": "waiting", "waiting": 3}
    with pytest.raises(AccessDenied):
        actions.report_capacity(program_id=made.pk, by=other, at=at, **numbers)
    first = actions.report_capacity(program_id=made.pk, by=own, at=at, **numbers)
    assert actions.report_capacity(program_id=made.pk, by=own, at=at, **numbers) == first
    assert first.vacant is None
    second = actions.report_capacity(program_id=made.pk, by=own, at=at, taken=30, **numbers)
    assert second.vacant == 0
    assert queries.latest_capacity(own, on=date(2012, 9, 6)) == {made.pk: second}
    assert queries.latest_capacity(own, on=date(2012, 9, 5)) == {}
    assert CapacityReport.objects.count() == 2


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"registered": 21}, "registered"),
        ({"completed": 13}, "completed"),
        ({"waivers_on_file": 13}, "waivers_on_file"),
        ({"registered": -1}, "registered"),
        ({"campus_id": None}, "place"),
        ({"ends_on": date(2012, 8, 1)}, "ends_on"),
        ({"days": "XX"}, "days"),
    ],
)
def test_impossible_offerings_name_their_field(
    offering: Callable[..., Offering], by: Viewer, at: datetime, changes: dict[str, object], field: str
) -> None:
    with pytest.raises(actions.ProgramRefused) as refused:
        actions.change_offering(offering_id=offering().pk, changes=changes, by=by, at=at)
    assert refused.value.field == field


def test_the_providers_people_change_numbers_and_not_terms(
    offering: Callable[..., Offering], person: Callable[..., Viewer], at: datetime
) -> None:
    made, own = offering(), person("provider", "community")
    actions.change_offering(offering_id=made.pk, changes={"registered": 14}, by=own, at=at)
    with pytest.raises(AccessDenied):
        actions.change_offering(offering_id=made.pk, changes={"seats": 30}, by=own, at=at)
    with pytest.raises(AccessDenied):
        actions.change_offering(
            offering_id=made.pk, changes={"registered": 15}, by=person("provider", "city"), at=at
        )
