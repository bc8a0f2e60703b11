"""The generated cases: worlds of agreements, consents and emergencies; rows; and everybody who looks."""

from __future__ import annotations

from datetime import date
from itertools import product

from domain.access.protected.oracle import Glass, Permit, Row, Someone, Terms, World

AGENCIES = {"district": "district", "police": "police", "partner": "community"}
ROLES = ("program_coordinator", "school_resource_officer", "provider", "lead")
PURPOSES = ("school_safety", "youth_program", "records")
SUBJECTS = ("access.Ward:901", "access.Ward:902", "access.Ward:903", "access.Ward:904")
ONE, TWO, THREE, FOUR = SUBJECTS
MINE = ("access.Ward.state", "access.Ward.note")


def account_of(role: str, agency: str) -> str:
    """Each role at each agency is one person, who holds one membership."""
    return f"{role}@{agency}"


EVERYBODY = tuple(
    Someone(role, agency, purpose, campuses, account_of(role, agency))
    for role, agency, purpose, campuses in product(ROLES, AGENCIES, PURPOSES, (None, frozenset({1})))
)
SYSTEM = Someone("system", None, "operation", None)

ROWS = tuple(
    Row(agency, record_class, subject, worker, campus, sealed)
    for agency, record_class, subject, worker, campus, sealed in product(
        ("district", "police"),
        ("education", "police"),
        SUBJECTS,
        (account_of("program_coordinator", "district"), account_of("provider", "partner")),
        (1, 2),
        (False, True),
    )
    if not (sealed and campus == 2)
)

PERMITS = (
    Permit(TWO, "health", "district", "youth_program"),
    Permit(TWO, "health", "police", "school_safety"),
    Permit(TWO, "substance_use", "district", "youth_program"),
    Permit(TWO, "substance_use", "partner", "youth_program"),
    Permit(THREE, "health", "district", "youth_program", last=date(2012, 9, 5)),
    Permit(THREE, "health", "police", "school_safety", withdrawn=True),
    Permit(THREE, "substance_use", "district", "youth_program", first=date(2012, 9, 7)),
    Permit(THREE, "health", "district", "school_safety", sealed=True),
    Permit(FOUR, "health", "partner", "youth_program"),
    Permit(FOUR, "health", "police", "records"),
    Permit(FOUR, "substance_use", "district", "school_safety"),
    Permit(ONE, "substance_use", "district", "youth_program", last=date(2012, 9, 6)),
)
OFFICER, CHIEF = account_of("school_resource_officer", "police"), account_of("lead", "district")
GLASSES = (
    Glass(OFFICER, ONE),
    Glass(OFFICER, TWO, began=3),
    Glass(OFFICER, THREE, judged=True),
    Glass(OFFICER, FOUR, began=-1),
    Glass(CHIEF, TWO, began=0),
    Glass(account_of("lead", "police"), FOUR, began=2.99),
    Glass(account_of("school_resource_officer", "partner"), THREE),
    Glass(account_of("program_coordinator", "partner"), ONE),  # a role that no emergency opens anything to
)

LIVE = Terms("district", "police")


def _world(name: str, *agreements: Terms, left: frozenset[str] = frozenset()) -> World:
    return World(name, agreements, PERMITS, GLASSES, left)


WORLDS = (
    _world("no agreement"),
    _world("live", LIVE),
    _world("live from today", Terms("district", "police", first=date(2012, 9, 6))),
    _world("live until today", Terms("district", "police", last=date(2012, 9, 6))),
    _world("not yet begun", Terms("district", "police", first=date(2012, 9, 7))),
    _world("run out", Terms("district", "police", last=date(2012, 9, 5))),
    _world("revoked", Terms("district", "police", revoked=True)),
    _world("unsigned", Terms("district", "police", signed_by=())),
    _world("signed by the owner alone", Terms("district", "police", signed_by=("owner",))),
    _world("signed by the recipient alone", Terms("district", "police", signed_by=("recipient",))),
    _world("signed tomorrow", Terms("district", "police", signed_tomorrow=True)),
    _world("another class", Terms("district", "police", classes=("police",))),
    _world("another purpose", Terms("district", "police", purposes=("records",))),
    _world("another table's fields", Terms("district", "police", fields=("access.Consent.state",))),
    _world("the other way", Terms("police", "district", classes=("education", "police"))),
    _world("somebody else's", Terms("district", "partner", purposes=PURPOSES, fields=(*LIVE.fields, *MINE))),
    _world("the owner left", LIVE, Terms("police", "partner", ("police",)), left=frozenset({"district"})),
    _world("the recipient left", LIVE, left=frozenset({"police"})),
    _world("a narrower one after", LIVE, Terms("district", "police", fields=("access.Ward.phone",))),
    _world("a revoked one after", LIVE, Terms("district", "police", fields=MINE, revoked=True)),
    _world(
        "everything to the partner",
        Terms(
            "district",
            "partner",
            classes=("education", "police"),
            purposes=PURPOSES,
            fields=(*LIVE.fields, *MINE, "access.Ward.recovery"),
        ),
    ),
)
