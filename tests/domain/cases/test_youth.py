"""Who finds a young person, and what nobody can write about one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, connection, models, transaction

from domain.cases.conftest import make_youth
from schoolward.domains.cases.models import (
    AcademyCohort,
    AcademyStaff,
    CountEdition,
    Delivery,
    DisciplineIncident,
    DisciplineLine,
    DiversionTally,
    Guardian,
    Youth,
)
from schoolward.platform.access.breaking_glass import break_glass
from schoolward.platform.access.disclosing import read
from schoolward.platform.access.models import Consent
from schoolward.platform.access.policy import ALL_FIELDS, mask, visible
from schoolward.platform.access.roles import HUMAN_ROLES
from schoolward.platform.access.schema_checks import refused_words
from schoolward.platform.access.sealing import order, seal
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import standing, within
from schoolward.platform.audit.models import Event

#: An officer's delivery, a tally, an edition of counts, a cohort with its staff, an incident of discipline
#: with its codes: they name no young person, and so protect nobody.
NAMES_NOBODY = {
    Delivery,
    DiversionTally,
    CountEdition,
    AcademyCohort,
    AcademyStaff,
    DisciplineIncident,
    DisciplineLine,
}
TABLES = [model for model in apps.get_app_config("cases").get_models() if model not in NAMES_NOBODY]


def found(viewer: Viewer, model: type[models.Model] = Youth) -> int:
    with within(viewer):
        return visible(model._default_manager.all(), viewer).count()


def test_whoever_stands_by_a_youth_reads_them_and_it_is_on_the_record(
    youth: Youth, guardian: Guardian, coordinator: Viewer
) -> None:
    (shown,) = read(Youth.objects.order_by("pk"), coordinator)
    assert (shown.legal_name, shown.called) == ("Invented Person", "Vinny")
    assert found(coordinator, Guardian) == 1
    event = Event.objects.get(action="record.read")
    assert event.subject == youth.subject == f"cases.Youth:{youth.pk}"
    assert "Invented" not in str(event.detail)


@pytest.mark.parametrize("purpose", ["school_safety", "accountability", "records", "administration"])
def test_no_other_purpose_opens_a_youth(youth: Youth, person: Callable[..., Viewer], purpose: str) -> None:
    assert found(person("program_coordinator", purpose=purpose)) == 0


@pytest.mark.parametrize("agency", ["district", "community"])
def test_no_role_opens_a_youth(youth: Youth, person: Callable[..., Viewer], agency: str) -> None:
    """A colleague is of the role, and still does not stand by them."""
    others = [person(str(role), agency, who="another") for role in HUMAN_ROLES]
    assert [viewer.role for viewer in others if found(viewer)] == []


def test_the_intake_is_open_to_every_coordinator_of_the_agency_until_somebody_takes_it(
    coordinator: Viewer, person: Callable[..., Viewer]
) -> None:
    make_youth(coordinator, taken=False)
    assert found(person("program_coordinator", who="another")) == 1
    assert found(person("program_coordinator", "community", who="another")) == 0


def test_the_privacy_officer_reads_records_for_that_purpose_alone(
    youth: Youth, person: Callable[..., Viewer]
) -> None:
    assert found(person("privacy_officer", purpose="records")) == 1
    assert found(person("privacy_officer", "community", purpose="records")) == 0


def test_an_emergency_opens_who_they_are_and_whom_to_reach(
    youth: Youth, guardian: Guardian, person: Callable[..., Viewer], at: datetime
) -> None:
    officer = person("school_resource_officer", "police", purpose="school_safety")
    break_glass(subject=youth.subject, reason="The youth was found alone and hurt", by=officer, at=at)
    with within(officer):
        (seen,) = visible(Youth.objects.all(), officer)
        (at_home,) = visible(Guardian.objects.all(), officer)
    assert mask(seen, officer) == {"legal_name", "preferred_name", "home_language", "school"}
    assert "reach_at" in mask(at_home, officer)


def test_a_sealed_youth_is_nowhere(
    youth: Youth, guardian: Guardian, coordinator: Viewer, person: Callable[..., Viewer], at: datetime
) -> None:
    officer = person("privacy_officer", purpose="records")
    ordered = order(
        record_name=youth.subject, ground="court_order", reason="Order", due_on=at.date(), by=officer, at=at
    )
    seal(sealing_id=ordered.pk, by=officer, at=at)
    assert [found(viewer) for viewer in (coordinator, officer, Viewer.system(at=at))] == [0, 0, 0]
    with within(Viewer.system(at=at)):
        assert not Youth.objects.filter(pk=youth.pk).exists()


def test_every_table_is_protected_and_its_wall_stands(db: None) -> None:
    assert set(TABLES) <= set(standing.protected())
    assert standing.missing(connection, [*TABLES, Consent]) == []


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model.__name__)
def test_what_may_change_is_said_once(model: type[Youth]) -> None:
    """The wall was built by what the migration says; the model must say the same columns."""
    columns = {field.column for field in model._meta.concrete_fields}
    assert model.changeable <= columns - {"agency_id", "subject", "record_class", "youth_id", "id"}


def test_a_delivery_has_no_room_for_a_name() -> None:
    held = {field.name for field in Delivery._meta.concrete_fields}
    assert held == {
        "id",
        "agency",
        "officer",
        "receipt",
        "announced_at",
        "from_where",
        "legal_basis",
        "received_at",
        "returned_at",
        "taken_back_at",
        "invented",
    }


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model.__name__)
def test_no_table_holds_what_none_may(model: type[models.Model]) -> None:
    assert refused_words(model) == []


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("cases_youth", "subject = 'cases.Youth:7'"),
        ("cases_youth", "agency_id = agency_id + 1"),
        ("cases_youth", "entered_on = '2010-01-01'"),
        ("cases_guardian", "youth_id = youth_id"),
    ],
)
def test_whose_record_it_is_never_changes(
    guardian: Guardian, coordinator: Viewer, table: str, change: str
) -> None:
    with (
        within(coordinator),
        pytest.raises(DatabaseError, match="never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE {table} SET {change}")  # noqa: S608 - from the table above


@pytest.mark.parametrize(
    "fields",
    [
        {"legal_name": ""},
        {"born_on": date(2012, 9, 30)},
        {"home_language": "tlh"},
    ],
)
def test_the_database_refuses_half_a_record(coordinator: Viewer, fields: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make_youth(coordinator, **fields)


def test_a_yes_to_a_program_is_a_consent_that_its_provider_may_read(
    consent: Consent, person: Callable[..., Viewer], at: datetime
) -> None:
    assert consent.state(at) == "holds"
    assert consent.category == "program"


def test_a_youths_number_tells_nothing(coordinator: Viewer) -> None:
    first, second = make_youth(coordinator), make_youth(coordinator)
    assert len(str(first.pk)) == len(str(second.pk)) == 12
    assert abs(first.pk - second.pk) > 1


@pytest.mark.parametrize(("day", "age"), [(date(2012, 2, 29), 13), (date(2012, 3, 1), 14)])
def test_an_age_is_that_of_the_day(day: date, age: int) -> None:
    assert Youth(born_on=date(1998, 3, 1)).age_on(day) == age


def test_all_fields_are_never_a_mask_of_a_protected_row(youth: Youth, coordinator: Viewer) -> None:
    with within(coordinator):
        (seen,) = visible(Youth.objects.all(), coordinator)
    assert mask(seen, coordinator) != ALL_FIELDS
