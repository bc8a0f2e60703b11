"""Officers at academies: an oracle by hand of who reads which field, and each guard taken out in turn."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import product

import pytest
from django.db.models import Q

from domain.cases.test_academies import BEGAN, ENDS, WHO, academy  # noqa: F401 - a fixture
from schoolward.domains.cases.actions import academies as actions
from schoolward.domains.cases.models import (
    AcademyCohort,
    AcademyMember,
    AcademyPresence,
    AcademyStaff,
    ServiceHours,
    Youth,
    of_youth,
)
from schoolward.domains.cases.policy_words import TEACHES_IT
from schoolward.domains.cases.relations import KNOWN
from schoolward.domains.places.models import Campus
from schoolward.domains.programs.models import Program
from schoolward.platform.access import policy as policies
from schoolward.platform.access.models import Agreement, ProtectedRecord
from schoolward.platform.access.policy import mask, policy_for, visible
from schoolward.platform.access.rules import ALL_FIELDS, Rule
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within

AT_ALL = {"id", "agency", "record_class", "invented"}
TAUGHT: dict[type[ProtectedRecord], set[str]] = {
    Youth: AT_ALL | {"preferred_name"},
    AcademyMember: AT_ALL | {"youth", "cohort", "joined_on", "left_on"},
    ServiceHours: AT_ALL | {"member", "on", "minutes", "kind", "told_by", "state"},
    AcademyPresence: set(),
}
"""What an officer who teaches reads of each table, written out by hand."""
OFFICERS = ("teaches", "taught", "another")
PURPOSES = ("youth_program", "school_safety", "records")


@dataclass(frozen=True)
class World:
    """Two cohorts of one student each; one is taught, by an officer who still does and one who did."""

    viewers: dict[str, Callable[[str], Viewer]]
    own: dict[type[ProtectedRecord], int]
    other: dict[type[ProtectedRecord], int]


def _filled(cohort: AcademyCohort, name: str, by: Viewer, at: datetime) -> dict[type[ProtectedRecord], int]:
    birthday = date(1998, 3, len(name))  # another than the other one's
    member = actions.join(
        cohort_id=cohort.pk,
        who=replace(WHO, legal_name=name, born_on=birthday, local_number=""),
        joined_on=BEGAN,
        by=by,
        at=at,
    )
    with within(Viewer.system(at=at)):
        about = {**of_youth(member.youth), "member": member}
        hours = ServiceHours.objects.create(
            **about, on=date(2012, 9, 1), minutes=60, kind="parks", told_by="student", logged_at=at
        )
        presence = AcademyPresence.objects.create(**about, on=date(2012, 9, 5), kind="uniform", came=True)
    return {
        Youth: member.youth_id,
        AcademyMember: member.pk,
        ServiceHours: hours.pk,
        AcademyPresence: presence.pk,
    }


@pytest.fixture
def world(
    academy: Program,  # noqa: F811
    campus: Campus,
    coordinator: Viewer,
    person: Callable[..., Viewer],
    at: datetime,
    agreement: Callable[..., Agreement],
) -> World:
    """An agreement that gives the police everything of these tables; only the relation narrows it."""
    cohorts = [
        actions.open_cohort(
            program_id=academy.pk, campus_id=campus.pk, entered_on=first, ends_on=ENDS, by=coordinator, at=at
        )
        for first in (BEGAN, date(2009, 8, 30))
    ]
    own, other = (
        _filled(cohort, name, coordinator, at)
        for cohort, name in zip(cohorts, ("Invented One", "Invented Other"), strict=True)
    )
    fields = [
        f"{model._meta.label}.{field.name}" for model in TAUGHT for field in model._meta.concrete_fields
    ]
    agreement("district", "police", fields)

    def officer(who: str) -> Callable[[str], Viewer]:
        return lambda purpose: person("school_resource_officer", "police", who=who, purpose=purpose)

    viewers = {who: officer(who) for who in OFFICERS}
    for who, until in (("teaches", None), ("taught", date(2012, 8, 1))):
        AcademyStaff.objects.create(
            cohort=cohorts[0], account_id=viewers[who]("records").account_id, since=BEGAN, until=until
        )
    # A monitor of the same agency stands among the staff by a slip of the keyboard.
    viewers["monitor"] = lambda purpose: person("campus_monitor", "police", purpose=purpose)
    AcademyStaff.objects.create(
        cohort=cohorts[0], account_id=viewers["monitor"]("records").account_id, since=BEGAN
    )
    return World(viewers, own, other)


def differences(world: World) -> Iterator[str]:
    """Where a mask is not the one that the oracle says."""
    for (who, viewer_for), purpose, model in product(world.viewers.items(), PURPOSES, TAUGHT):
        viewer = viewer_for(purpose)
        for which, rows in (("own", world.own), ("other", world.other)):
            teaches = (who, which, purpose) == ("teaches", "own", "youth_program")
            expected = TAUGHT[model] if teaches else set()
            with within(viewer):
                row = visible(model.objects.filter(pk=rows[model]), viewer).first()
                found = set() if row is None else set(mask(row, viewer))
            if found != expected:
                yield f"{who}, {purpose}, {which} {model.__name__}: {sorted(found ^ expected)}"


@pytest.mark.django_db
def test_an_officer_reads_what_the_oracle_says(world: World) -> None:
    assert list(differences(world)) == []


def _once_on_the_staff(rule: Rule) -> Rule:
    """Without the day on which somebody stopped; only students' rule leads from the row to its cohort."""
    if "cohort" not in rule.fields:
        return rule

    def where(viewer: Viewer) -> Q:
        ever = AcademyStaff.objects.filter(account=viewer.account_id)
        return Q(cohort__in=ever.order_by().values("cohort"))

    return replace(rule, where=where)


MUTANTS: dict[str, Callable[[Rule], Rule]] = {
    "the relation": lambda rule: replace(rule, where=lambda _viewer: Q(pk__isnull=False)),
    "the last day on the staff": _once_on_the_staff,
    "the mask": lambda rule: replace(rule, fields=ALL_FIELDS),
    "a name too many": lambda rule: replace(rule, fields=frozenset({*rule.fields, *KNOWN})),
    "the role": lambda rule: replace(rule, roles=rule.roles | {"campus_monitor"}),
    "the purpose": lambda rule: replace(rule, purposes=None),
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", MUTANTS)
def test_each_guard_is_seen_missing(world: World, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for model in TAUGHT:
        policy = policy_for(model)
        assert policy is not None
        rules = tuple(MUTANTS[name](rule) if rule.relation == TEACHES_IT else rule for rule in policy.rules)
        monkeypatch.setitem(policies._policies, model._meta.label, replace(policy, rules=rules))
    assert list(differences(world)), name
