"""Everybody, for every purpose, with and without an agreement, against an oracle written out by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import product

import pytest

from domain.cases.conftest import PURPOSE, make_youth
from schoolward.domains.cases.models import Contact, Guardian, Referral, Youth, of_youth
from schoolward.domains.programs.models import Program
from schoolward.platform.access.models import Agreement, Consent
from schoolward.platform.access.policy import mask, visible
from schoolward.platform.access.purposes import Purpose
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within

AGREED = ("state", "youth", "version")
WITH = ("the", "another", None)
"""Who answers: the one coordinator, the other, nobody yet."""
CONSENT = ("none", "live", "withdrawn", "sealed")
PEOPLE = (
    ("program_coordinator", "district", "the"),
    ("program_coordinator", "district", "another"),
    ("program_coordinator", "community", "the"),
    ("program_coordinator", "city", "the"),
    ("provider", "community", "the"),
    ("provider", "city", "the"),
    ("site_lead", "district", "the"),
    ("site_lead", "district", "another"),
    ("school_resource_officer", "police", "the"),
    ("lead", "district", "the"),
    ("privacy_officer", "district", "the"),
    ("privacy_officer", "police", "the"),
    ("accountability", "district", "the"),
    ("trustee", "district", "the"),
)
WHOLE = frozenset(field.name for field in Referral._meta.concrete_fields)


def expected(
    who: tuple[str, str, str], purpose: str, answered_by: str | None, consent: str, agreed: bool
) -> set[str] | None:
    """The fields of a referral of the district that somebody reads; ``None`` where there is nothing."""
    role, agency, name = who
    for_programs = purpose == "youth_program"
    if role == "program_coordinator" and agency == "district" and for_programs:
        if answered_by in (name, None):
            return set(WHOLE)
        return {
            "id",
            "agency",
            "record_class",
            "program",
            "campus",
            "state",
            "since",
            "due_on",
            "coordinator",
            "version",
        }
    if role == "privacy_officer" and agency == "district" and purpose == "records":
        return set(WHOLE)
    delivers = role in ("program_coordinator", "provider") and agency == "community" and for_programs
    if delivers and consent == "live" and agreed:
        return set(AGREED)
    if (role, agency, name) == ("site_lead", "district", "the"):
        return {"id", "agency", "named_program", "told", "referred_on"}
    return None


@pytest.fixture
def rows(
    person: Callable[..., Viewer], principal: Viewer, program: Program, at: datetime
) -> dict[int, tuple[str | None, str]]:
    """A referral for each answer to "who answers it" and "what did the family say"."""
    made = {}
    workers = {name: person("program_coordinator", who=name) for name in ("the", "another")}
    day = date(2012, 9, 2)
    for answered_by, said in product(WITH, CONSENT):
        youth = make_youth(workers[answered_by or "the"], taken=answered_by is not None)
        with within(Viewer.system(at=at), sealing=True):
            given = _consent(youth, program, said, at) if said != "none" else None
            state = "consented" if given else "contacted"
            one = Referral.objects.create(
                **of_youth(youth),
                program=program,
                need="group",
                state=state,
                referred_on=day,
                contacted_on=day,
                consented_on=day if given else None,
                consent=given,
                since=day,
                coordinator_id=youth.coordinator_id,
                referred_by_id=principal.account_id,
            )
        made[one.pk] = (answered_by, said)
    return made


def _consent(youth: Youth, program: Program, said: str, at: datetime) -> Consent:
    return Consent.including_sealed.create(
        agency_id=youth.agency_id,
        subject=youth.subject,
        record_class="protected",
        recipient=program.provider.agency,
        category="program",
        purpose=PURPOSE,
        given_by="parent",
        valid_from=date(2012, 9, 2),
        valid_to=date(2013, 6, 30),
        recorded_at=at,
        withdrawn_at=at if said == "withdrawn" else None,
        sealed_at=at if said == "sealed" else None,
    )


@pytest.mark.parametrize("agreed", [False, True])
def test_nobody_sees_more_or_less_of_a_referral(
    rows: dict[int, tuple[str | None, str]],
    person: Callable[..., Viewer],
    agreement: Callable[..., Agreement],
    agreed: bool,
) -> None:
    if agreed:
        agreement("district", "community", [f"cases.Referral.{name}" for name in AGREED])
    wrong, decisions = [], 0
    people = {who: person(who[0], who[1], who=who[2]) for who in PEOPLE}
    for who, purpose in product(PEOPLE, Purpose.values):
        viewer = replace(people[who], purpose=purpose)
        with within(viewer):
            found = {row.pk: mask(row, viewer) for row in visible(Referral.including_sealed.all(), viewer)}
            beside = sum(
                visible(model.including_sealed.all(), viewer).count() for model in (Youth, Guardian, Contact)
            )
        for pk, (answered_by, said) in rows.items():
            decisions += len(WHOLE)
            allowed = expected(who, purpose, answered_by, said, agreed)
            if found.get(pk) != (None if allowed is None else frozenset(allowed)):
                wrong.append((who, purpose, answered_by, said, found.get(pk), allowed))
        if beside and not (
            (who[0] == "program_coordinator" and who[1] == "district" and purpose == PURPOSE)
            or (who[0] == "privacy_officer" and who[1] == "district" and purpose == "records")
        ):
            wrong.append((who, purpose, "beside", beside))
    assert wrong == []
    assert decisions >= 10_000


def test_a_consent_that_has_run_out_closes_a_referral_to_its_provider(
    rows: dict[int, tuple[str | None, str]],
    person: Callable[..., Viewer],
    agreement: Callable[..., Agreement],
    at: datetime,
) -> None:
    held = agreement("district", "community", [f"cases.Referral.{name}" for name in AGREED])
    now = person("provider", "community")
    with within(now):
        assert visible(Referral.objects.all(), now).count() == len(WITH)
    later = replace(now, at=at + timedelta(days=298))
    assert held.valid_to == date(2013, 6, 30)
    with within(later):
        assert visible(Referral.objects.all(), later).count() == 0
