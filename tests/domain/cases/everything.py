"""One row of every table about a young person. Tables are found by looking; a new one is added here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

from schoolward.domains.cases.models import AcademyCohort, Referral, Youth, of_youth
from schoolward.domains.places.models import Campus
from schoolward.domains.programs.models import Program
from schoolward.platform.access.hanging import children, parents_first
from schoolward.platform.access.models import ProtectedRecord
from schoolward.platform.access.references import protected_models, reference
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within

WHEN = datetime(2012, 9, 5, 17, 0, tzinfo=UTC)
DAY = date(2012, 9, 5)
Made = dict[str, ProtectedRecord]
Maker = Callable[[Made, Program], dict[str, Any]]


def _another(youth: ProtectedRecord) -> Youth:
    return Youth.objects.create(
        agency_id=youth.agency_id,
        record_class="education",
        legal_name="Invented Twin",
        born_on=date(1998, 3, 1),
        entered_on=DAY,
        invented=True,
    )


def _cohort(youth: ProtectedRecord, program: Program) -> AcademyCohort:
    """A cohort that a coordinator runs, at some site."""
    return AcademyCohort.objects.create(
        agency_id=youth.agency_id,
        program=program,
        campus=Campus.objects.create(name="Ward", slug="ward", address="9 Ward", address_key="9 ward"),
        entered_on=DAY,
        ends_on=date(2013, 6, 1),
    )


#: By table, what a row needs beside its youth; a row that another table's row hangs on stands in ``made``.
MAKERS: dict[str, Maker] = {
    "access.Consent": lambda _made, program: {
        "recipient": program.provider.agency,
        "category": "program",
        "purpose": "youth_program",
        "given_by": "parent",
        "valid_from": DAY,
        "valid_to": date(2013, 6, 30),
        "recorded_at": WHEN,
    },
    "cases.Guardian": lambda _made, _program: {"name": "Invented Aunt Quill", "relation": "relative"},
    "cases.LookAlike": lambda made, _program: {
        "other": _another(made["cases.Youth"]),
        "why": "Could be twins or siblings.",
        "found_on": DAY,
    },
    "cases.RosterDifference": lambda _made, _program: {
        "field": "legal_name",
        "told": "Invented Person-Quill",
        "found_on": DAY,
    },
    "cases.AttendanceDay": lambda _made, _program: {"on": DAY, "mark": "absent", "told_at": WHEN},
    "cases.TruancyDeed": lambda _made, _program: {"kind": "report", "on": DAY},
    "cases.BoardContract": lambda _made, _program: {"signed_on": DAY, "ends_on": date(2013, 6, 1)},
    "cases.Referral": lambda made, program: {
        "program": program,
        "need": "attendance",
        "referred_on": DAY,
        "since": DAY,
        "due_on": DAY,
        "coordinator": made["cases.Youth"].coordinator,  # type: ignore[attr-defined]
    },
    "cases.Step": lambda made, _program: {
        "referral": made["cases.Referral"],
        "after": "referred",
        "on": DAY,
        "at": WHEN,
        "by_name": "x",
    },
    "cases.Contact": lambda made, _program: {
        "referral": made["cases.Referral"],
        "on": DAY,
        "way": "call",
        "minutes": 5,
        "reached": True,
        "note": "Quill will call",
        "at": WHEN,
    },
    "cases.Goal": lambda made, _program: {
        "referral": made["cases.Referral"],
        "words": "Quill wants to swim",
        "review_on": date(2012, 12, 1),
    },
    "cases.Service": lambda made, program: {
        "referral": made["cases.Referral"],
        "offering": program.offerings.create(number=9, starts_on=DAY, ends_on=date(2012, 12, 1)),
        "planned": 8,
    },
    "cases.FollowUp": lambda made, _program: {
        "referral": made["cases.Referral"],
        "record_class": "protected",
        "months": 6,
        "full_on": DAY,
        "found": "no",
        "source": "school",
        "on": DAY,
    },
    "cases.ClassSeat": lambda made, program: {
        "referral": made["cases.Referral"],
        "offering": program.offerings.create(number=8, starts_on=DAY, ends_on=DAY),
        "guardian": made["cases.Guardian"],
        "state": "waiting",
        "asked_at": WHEN,
    },
    "cases.SeatDuty": lambda made, _program: {
        "seat": made["cases.ClassSeat"],
        "kind": "confirm",
        "due_on": date(2012, 9, 10),
    },
    "cases.MonthlyTrack": lambda made, _program: {
        "referral": made["cases.Referral"],
        "month": date(2012, 8, 1),
        **dict.fromkeys(("justice", "school", "family", "club"), "same"),
        "told_on": DAY,
    },
    "cases.AcademyMember": lambda made, program: {
        "cohort": _cohort(made["cases.Youth"], program),
        "joined_on": DAY,
    },
    "cases.ServiceHours": lambda made, _program: {
        "member": made["cases.AcademyMember"],
        "on": DAY,
        "minutes": 60,
        "kind": "parks",
        "told_by": "student",
        "logged_at": WHEN,
    },
    "cases.AcademyPresence": lambda made, _program: {
        "member": made["cases.AcademyMember"],
        "on": DAY,
        "kind": "uniform",
        "came": True,
    },
    "cases.CentreVisit": lambda _made, _program: {
        "arrived_at": WHEN,
        "brought_by": "staff",
        "from_where": "park",
        "legal_basis": "ec_48264",
    },
    "cases.ParentContact": lambda made, _program: {
        "visit": made["cases.CentreVisit"],
        "at": WHEN,
        "by_means": "call",
        "was_reached": True,
    },
    "cases.ReleaseCorrection": lambda made, _program: {
        "visit": made["cases.CentreVisit"],
        "before": "officer",
        "after": "parent",
        "reason": "The wrong line was chosen.",
        "at": WHEN,
        "by_name": "The advocate",
    },
    "cases.PlanStep": lambda made, _program: {
        "visit": made["cases.CentreVisit"],
        "kind": "ride",
        "due_on": date(2012, 9, 20),
    },
    "cases.VisitFollowUp": lambda made, _program: {
        "visit": made["cases.CentreVisit"],
        "days": 30,
        "due_on": date(2012, 10, 5),
    },
    "cases.DiversionCase": lambda _made, _program: {
        "record_class": "police",
        "event_on": DAY,
        "referred_on": DAY,
        "path": "827.95",
        "decided_on": DAY,
        "answer": "yes",
        "was_offered": True,
        "signed_on": DAY,
        "ends_on": date(2012, 12, 1),
    },
    "cases.ContractTerm": lambda made, _program: {
        "record_class": "police",
        "case": made["cases.DiversionCase"],
        "kind": "essay",
        "amount": 1,
        "due_on": date(2012, 11, 1),
    },
    "cases.TermProof": lambda made, _program: {
        "record_class": "police",
        "term": made["cases.ContractTerm"],
        "amount": 1,
        "on": DAY,
        "receipt": uuid4(),
    },
}


def tables_about_a_youth() -> list[type[ProtectedRecord]]:
    """Every protected table that leads to a young person by foreign keys, or tells of one by its subject."""
    found: set[type[ProtectedRecord]] = {Youth}
    while True:
        more = {child for model in found for child, _field in children(model)} - found
        if not more:
            break
        found |= more
    by_subject = {protected_models()["access.Consent"]}
    return [model for model in parents_first(found | by_subject) if model is not Youth]


def one_of_each(youth: Youth, program: Program, at: datetime) -> Made:
    """A row of every such table about this youth, the youth among them, by the table's label."""
    made: Made = {"cases.Youth": youth}
    with within(Viewer.system(at=at)):
        for model in tables_about_a_youth():
            label = model._meta.label
            has_youth = any(field.name == "youth" for field in model._meta.concrete_fields)
            base = of_youth(youth)
            if not has_youth:
                del base["youth"]
            row = model(**{**base, **MAKERS[label](made, program)})
            row.save()
            made[label] = row
    return made


def names_of(made: Made) -> set[str]:
    """The references of all rows."""
    return {reference(row) for row in made.values()}


def referral_of(made: Made) -> Referral:
    """The referral among them."""
    row = made["cases.Referral"]
    assert isinstance(row, Referral)
    return row
