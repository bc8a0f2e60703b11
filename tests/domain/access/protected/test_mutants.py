"""Each guard is taken out in turn, and the comparison with the oracle must then find a difference."""

from __future__ import annotations

import inspect
import sys
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection, transaction

from domain.access.protected.comparing import Stage, begin, differences, differences_of_the_wall
from domain.access.protected.oracle import World
from domain.access.protected.ward import Ward
from domain.access.protected.worlds import WORLDS
from schoolward.platform.access import deciding
from schoolward.platform.access.models.agreements import AgreementQuerySet
from schoolward.platform.access.models.consents import ConsentQuerySet
from schoolward.platform.access.models.emergencies import EmergencyQuerySet
from schoolward.platform.access.models.protected import UnsealedManager
from schoolward.platform.access.rules import Rule
from schoolward.platform.access.wall import row_security

Comparison = Callable[[World, Stage], Iterator[str]]


@dataclass(frozen=True)
class Mutant:
    """A guard, by the function that holds it, and the text that takes it out."""

    name: str
    owner: Any
    function: str
    guard: str
    instead: str
    world: str = "live"
    """Where the difference is looked for first; it must be found somewhere."""


MUTANTS = (
    Mutant("sealed rows", deciding, "visible", "queryset.filter(sealed_at__isnull=True)", "queryset.all()"),
    Mutant(
        "the first branch decides", deciding, "visible", "for way in ways),", "for way in reversed(ways)),"
    ),
    Mutant(
        "consent for special fields",
        deciding,
        "mask",
        "(name not in special or getattr(row, CONSENT + special[name], False))",
        "True",
    ),
    Mutant("role", Rule, "holds_for", "viewer.role not in self.roles", "False"),
    Mutant(
        "purpose of a rule",
        Rule,
        "holds_for",
        "self.purposes is not None and viewer.purpose not in self.purposes",
        "False",
    ),
    Mutant(
        "relation",
        deciding,
        "branches",
        "where = rule.holds_for(viewer)",
        "where = rule.holds_for(viewer) and Q()",
    ),
    Mutant("own agency", deciding, "branches", "where & Q(agency=viewer.agency_id), fields", "where, fields"),
    Mutant(
        "rules that stay at home",
        deciding,
        "_under_agreements",
        "rule.across is not Across.AGREEMENT",
        "False",
    ),
    Mutant("the agreement's owner", deciding, "_under_agreements", "agency=agreement.owner_id, ", ""),
    Mutant(
        "the agreement's classes",
        deciding,
        "_under_agreements",
        ", record_class__in=agreement.record_classes",
        "",
    ),
    Mutant(
        "the agreement's fields",
        deciding,
        "_under_agreements",
        'name for name in fields if f"{label}.{name}" in agreement.fields',
        "name for name in fields",
    ),
    Mutant(
        "the agreement's fields are of one table",
        deciding,
        "_under_agreements",
        'f"{label}.{name}" in agreement.fields',
        'any(f.endswith(f".{name}") for f in agreement.fields)',
        "another table's fields",
    ),
    Mutant(
        "the agreement's recipient",
        deciding,
        "_agreements",
        "recipient=viewer.agency_id",
        "",
        "somebody else's",
    ),
    Mutant(
        "the agreement's purposes",
        deciding,
        "_agreements",
        "if viewer.purpose in agreement.purposes",
        "if True",
        "another purpose",
    ),
    Mutant("the newest agreement decides", deciding, "_agreements", '"-pk"', '"pk"', "a narrower one after"),
    Mutant("agreements are live", deciding, "_agreements", ".live(viewer.at)", "", "revoked"),
    Mutant(
        "signed for the owner",
        AgreementQuerySet,
        "live",
        'F("agreement__owner")',
        'F("agency")',
        "signed by the recipient alone",
    ),
    Mutant(
        "signed for the recipient",
        AgreementQuerySet,
        "live",
        'F("agreement__recipient")',
        'F("agency")',
        "signed by the owner alone",
    ),
    Mutant("signed by now", AgreementQuerySet, "live", "at__lte=at", "", "signed tomorrow"),
    Mutant("agreement begun", AgreementQuerySet, "live", "valid_from__lte=day,", "", "not yet begun"),
    Mutant("agreement not run out", AgreementQuerySet, "live", "valid_to__gte=day,", "", "run out"),
    Mutant("agreement not revoked", AgreementQuerySet, "live", " revoked_at__isnull=True,", "", "revoked"),
    Mutant(
        "its owner a partner",
        AgreementQuerySet,
        "live",
        "owner__revoked_at__isnull=True,",
        "",
        "the owner left",
    ),
    Mutant(
        "its recipient a partner",
        AgreementQuerySet,
        "live",
        "recipient__revoked_at__isnull=True,",
        "",
        "the recipient left",
    ),
    Mutant(
        "emergency roles",
        deciding,
        "_emergencies",
        "viewer.role not in protection.emergency_roles or viewer.membership_id is None",
        "viewer.membership_id is None",
    ),
    Mutant(
        "emergency of this membership",
        deciding,
        "_emergencies",
        "membership=viewer.membership_id, account=viewer.account_id",
        "",
    ),
    Mutant(
        "emergency for this subject",
        deciding,
        "_emergencies",
        "Q(subject=emergency.subject)",
        "Q(pk__isnull=False)",
    ),
    Mutant(
        "emergency mask",
        deciding,
        "_emergencies",
        "protection.emergency_fields - set(protection.special)",
        'frozenset({"state", "note", "phone"})',
    ),
    Mutant("emergencies are live", deciding, "_emergencies", ".live(viewer.at)", ".all()"),
    Mutant("emergency opened", EmergencyQuerySet, "live", "opened_at__lte=at, ", ""),
    Mutant("emergency closes", EmergencyQuerySet, "live", "closes_at__gt=at, ", ""),
    Mutant("emergency judged", EmergencyQuerySet, "live", "reviewed_at__isnull=True", ""),
    Mutant("consent of this subject", deciding, "_consents", 'subject=OuterRef("subject"), ', ""),
    Mutant("consent for this agency", deciding, "_consents", "recipient=viewer.agency_id, ", ""),
    Mutant("consent for this purpose", deciding, "_consents", "purpose=viewer.purpose", ""),
    Mutant("consent for this category", deciding, "_consents", "held.filter(category=category)", "held"),
    Mutant("consents are live", deciding, "_consents", ".live(viewer.at)", ""),
    Mutant("consent begun", ConsentQuerySet, "live", "valid_from__lte=day, ", ""),
    Mutant("consent not run out", ConsentQuerySet, "live", "valid_to__gte=day, ", ""),
    Mutant("consent not withdrawn", ConsentQuerySet, "live", "withdrawn_at__isnull=True", ""),
    Mutant("consent not sealed", UnsealedManager, "get_queryset", ".filter(sealed_at__isnull=True)", ""),
)


def mutate(mutant: Mutant, monkeypatch: pytest.MonkeyPatch) -> None:
    """Replace the function by one without the guard. Fails where the guard is no longer written so."""
    source = textwrap.dedent(inspect.getsource(getattr(mutant.owner, mutant.function)))
    assert source.count(mutant.guard) == 1, f"{mutant.name}: name the guard as it is written now"
    module = sys.modules[getattr(mutant.owner, "__module__", None) or mutant.owner.__name__]
    made: dict[str, Any] = {}
    if mutant.function == "get_queryset":  # `super()` without arguments needs its class
        source = source.replace("super()", "super(UnsealedManager, self)")
    code = compile(source.replace(mutant.guard, mutant.instead), f"<without {mutant.name}>", "exec")
    exec(code, module.__dict__, made)  # noqa: S102 - our own source
    monkeypatch.setattr(mutant.owner, mutant.function, made[mutant.function])


def tell_apart(stage: Stage, compare: Comparison = differences, first: str = "live") -> str:
    """The first difference in any world, looked for in one of them first; empty where there is none."""
    for world in sorted(WORLDS, key=lambda world: world.name != first):
        with transaction.atomic():
            begin(world, stage)
            found = next(iter(compare(world, stage)), "")
            transaction.set_rollback(True)
        if found:
            return found
    return ""


@pytest.fixture
def first_wall_alone(stage: Stage) -> None:
    """Without row-level security, which would hide what a missing guard lets by."""
    connection.check_constraints()  # PostgreSQL alters no table while a check of its rows waits
    for table in ("tests_ward", "access_consent"):
        row_security.tear_down(connection, table)


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_missing_guard_is_noticed(
    mutant: Mutant, stage: Stage, first_wall_alone: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    mutate(mutant, monkeypatch)
    assert tell_apart(stage, first=mutant.world)


@pytest.mark.parametrize(
    "world", [world for world in WORLDS if world.name in ("live", "revoked")], ids=lambda world: world.name
)
def test_the_comparison_finds_nothing_while_all_guards_stand(
    world: World, stage: Stage, first_wall_alone: None
) -> None:
    begin(world, stage)
    assert next(iter(differences(world, stage)), "") == ""


CLAUSES = {
    "sealed": ("UNSEALED", "sealed_at IS NULL OR", "TRUE OR", "live"),
    "row's agency": (
        "UNDER_AGREEMENT",
        "agreement.owner_id, class.value",
        "tests_ward.agency_id, class.value",
        "live",
    ),
    "row's class": (
        "UNDER_AGREEMENT",
        "agreement.owner_id, class.value",
        "agreement.owner_id, tests_ward.record_class",
        "live",
    ),
    "recipient": (
        "UNDER_AGREEMENT",
        f"agreement.recipient_id = {row_security._AGENCY}",
        "TRUE",
        "somebody else's",
    ),
    "revoked": ("UNDER_AGREEMENT", "AND agreement.revoked_at IS NULL", "", "revoked"),
    "its days": (
        "UNDER_AGREEMENT",
        f"AND {row_security._DAY} BETWEEN agreement.valid_from AND agreement.valid_to",
        "",
        "run out",
    ),
    "its purposes": (
        "UNDER_AGREEMENT",
        f"AND agreement.purposes ? {row_security._PURPOSE}",
        "",
        "another purpose",
    ),
    "two signatures": ("UNDER_AGREEMENT", "2 = (", "1 <= (", "signed by the owner alone"),
    "signed by now": ("UNDER_AGREEMENT", f"AND signed.at <= {row_security._AT}", "", "signed tomorrow"),
    "the owner a partner": ("UNDER_AGREEMENT", "AND owner.revoked_at IS NULL", "", "the owner left"),
    "whose emergency": (
        "IN_AN_EMERGENCY",
        f"emergency.membership_id = {row_security._MEMBERSHIP}",
        "TRUE",
        "live",
    ),
    "judged": ("IN_AN_EMERGENCY", "AND emergency.reviewed_at IS NULL", "", "live"),
    "opened": ("IN_AN_EMERGENCY", f"AND emergency.opened_at <= {row_security._AT}", "", "live"),
    "closed": ("IN_AN_EMERGENCY", f"AND emergency.closes_at > {row_security._AT}", "", "live"),
}


@pytest.mark.postgresql
@pytest.mark.parametrize("clause", CLAUSES)
def test_a_missing_clause_of_the_wall_is_noticed(
    clause: str, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no row-level security")
    name, guard, instead, _world = CLAUSES[clause]
    text = getattr(row_security, name)
    assert text.count(guard) == 1
    monkeypatch.setattr(row_security, name, text.replace(guard, instead))
    connection.check_constraints()
    row_security.tear_down(connection, "tests_ward")
    row_security.build(connection, "tests_ward", Ward.readers)
    assert tell_apart(stage, differences_of_the_wall, first=CLAUSES[clause][3])
