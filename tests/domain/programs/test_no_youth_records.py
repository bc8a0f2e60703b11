"""No table of programs can hold a child: every text field is known, and none is a place for a name."""

from __future__ import annotations

import re
from datetime import date, datetime

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction

from schoolward.domains.programs import actions
from schoolward.domains.programs.models import InstrumentResult, Program, Provider, Session, Volunteer
from schoolward.platform.access.viewer import Viewer

#: Where words can be written, and about what. A new field is added here after somebody asked why it is
#: needed.
WORDS = {
    "Provider": {"key", "name", "summary", "website"},
    "Program": {"key", "title", "summary", "languages", "how_to_join", "source"},
    "DosagePlan": {"source"},
    "EvidenceRating": {"source", "rating", "population", "found_at"},
    "Oversight": {"body_key"},
    "EligibilityRule": {"text", "source"},
    "Contest": {"argument", "by_name"},
    "ContestAnswer": {"reason", "by_name"},
    "CapacityReport": {"by_name"},
    "Offering": {"place", "days", "language"},
    "Cohort": set(),
    "Session": set(),
    "SessionCount": {"by_name"},
    "FidelityCheck": {"instrument"},
    "InstrumentResult": {"instrument"},
    "Waiver": {"title"},
    "Equipment": {"title"},
    "Volunteer": {"reference"},
    "Vetting": set(),
    "Assignment": set(),
    "Proposal": {
        "key",
        "title",
        "need",
        "audience",
        "evidence",
        "measure_key",
        "stop_rule",
        "proposed_by_name",
        "decided_by_name",
        "reason",
        "ending_reason",
    },
}
OF_A_CHILD = re.compile(
    r"(first|last|sur|given|nick)_?name|birth|dob|initials|student|pupil|child|youth_|ssid|guardian|gender|race"
    r"|ethnic|diagnos|immigra|gang|risk|score|note|comment|remark"
)
MODELS = list(apps.get_app_config("programs").get_models())


def test_every_table_is_looked_at() -> None:
    assert {model.__name__ for model in MODELS} == set(WORDS)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_words_stand_only_where_they_are_needed(model: type[models.Model]) -> None:
    free = {
        field.name
        for field in model._meta.get_fields()
        if isinstance(field, models.CharField | models.TextField) and not field.choices
    }
    assert free == WORDS[model.__name__]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_no_field_is_about_a_child(model: type[models.Model]) -> None:
    names = [field.name for field in model._meta.get_fields()]
    assert [name for name in names if OF_A_CHILD.search(name)] == []


@pytest.mark.parametrize("reference", ["Maria Lopez", "M.L.", "SPAL-0A", "spal-014", "LOPEZ-", ""])
def test_the_database_refuses_a_name_for_a_volunteer(league: Provider, reference: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Volunteer.objects.create(provider=league, reference=reference, since=date(2012, 1, 1))


def test_the_database_refuses_the_mean_of_a_few(program: object, by: Viewer, at: datetime) -> None:
    made: Program = program("curriculum")  # type: ignore[operator]
    fields = {
        "program": made,
        "instrument": "A survey",
        "wave": "pre",
        "starts_on": date(2012, 9, 1),
        "ends_on": date(2012, 9, 2),
        "lowest": 0,
        "highest": 10,
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        InstrumentResult.objects.create(respondents=10, mean=5, **fields)
    InstrumentResult.objects.create(respondents=11, mean=5, **fields)


def test_the_database_refuses_heads_of_a_session_that_was_not_held(session: object) -> None:
    made: Session = session()  # type: ignore[operator]
    with pytest.raises(IntegrityError), transaction.atomic():
        Session.objects.filter(pk=made.pk).update(attended=3)


@pytest.mark.parametrize(
    "argument",
    ["He was born 3/4/1999", "Student 1234567 was kept out", "ask mother@example.org", "call 916-555-0100"],
)
def test_what_looks_like_a_persons_number_is_not_taken_into_a_contest(
    program: object, by: Viewer, at: datetime, argument: str
) -> None:
    made: Program = program("case")  # type: ignore[operator]
    rule = actions.write_rule(
        program_id=made.pk, text="Is 10 to 17.", source="Manual", valid_from=date(2012, 1, 1), by=by, at=at
    )
    with pytest.raises(actions.ProgramRefused) as refused:
        actions.contest_rule(rule_id=rule.pk, ground="excludes", argument=argument, by=by, at=at)
    assert refused.value.field == "argument"
    made_contest = actions.contest_rule(
        rule_id=rule.pk, ground="law", argument="Since 2012 the law says 18, not 17.", by=by, at=at
    )
    assert made_contest.pk
