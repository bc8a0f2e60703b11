"""Rows of a worked example made into campuses, schools and assessments."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from schoolward.domains.assessments.models import (
    Assessment,
    AssessmentKind,
    AssessmentState,
    Finding,
    FindingState,
    Instrument,
    InstrumentFormat,
    InstrumentItem,
    InstrumentVersion,
)
from schoolward.platform.access.roles import Role


def build(rows: list[dict[str, str]]) -> dict[str, Any]:
    """Make a campus with an elementary school for each row, and its assessment where a day is given."""
    return {row["site"]: _site(row, number) for number, row in enumerate(rows, start=1)}


def build_scored(rows: list[dict[str, str]]) -> dict[str, Any]:
    """Make a campus for each row with its scored walks; the latest one stands for the row."""
    version = _version()
    made: dict[str, Any] = {}
    for number, row in enumerate(rows, start=1):
        campus = _site({"site": row["site"], "assessed": ""}, number)
        for day, score in ((row["first"], row["score"]), (row["latest"], row["score now"])):
            if day:
                made[row["site"]] = Assessment.objects.create(
                    reference=f"example-{number}-{day}",
                    campus=campus,
                    kind=AssessmentKind.CPTED,
                    state=AssessmentState.REVIEWED,
                    version=version,
                    assessed_on=date.fromisoformat(day),
                    assessor_role=Role.LEAD,
                    score=float(score),
                    low=float(score),
                    high=float(score),
                    coverage=100.0,
                )
    return made


def build_planned(rows: list[dict[str, str]]) -> dict[str, Any]:
    """Make a campus for each row with its planned walk, handed in on the day given."""
    version = _version()
    made: dict[str, Any] = {}
    for number, row in enumerate(rows, start=1):
        made[row["walk"]] = Assessment.objects.create(
            reference=f"example-{number}",
            campus=_site({"site": f"Site {row['walk']}", "assessed": ""}, number),
            kind=AssessmentKind.CPTED,
            state=AssessmentState.REVIEWED if row["handed in"] else AssessmentState.PLANNED,
            version=version,
            planned_on=date.fromisoformat(row["planned"]),
            assessed_on=date.fromisoformat(row["handed in"]) if row["handed in"] else None,
            assessor_role=Role.LEAD,
        )
    return made


def build_found(rows: list[dict[str, str]]) -> dict[str, Any]:
    """Make the campuses of the rows, each with an assessment and its findings; settled ones are mended."""
    version = _version()
    # Before the first assessment, which closes the version.
    items = {
        row["finding"]: InstrumentItem.objects.create(
            version=version, code=row["finding"], position=number, section="all", text="Example"
        )
        for number, row in enumerate(rows, start=1)
    }
    made: dict[str, Any] = {}
    walks: dict[str, Assessment] = {}
    for number, row in enumerate(rows, start=1):
        found_on = date.fromisoformat(row["found"])
        if row["site"] not in walks:
            walks[row["site"]] = Assessment.objects.create(
                reference=f"example-{number}",
                campus=_site({"site": row["site"], "assessed": ""}, number),
                kind=AssessmentKind.CPTED,
                state=AssessmentState.REVIEWED,
                version=version,
                assessed_on=found_on,
                assessor_role=Role.LEAD,
            )
        settled_on = date.fromisoformat(row["settled"]) if row["settled"] else None
        made[row["finding"]] = Finding.objects.create(
            campus=walks[row["site"]].campus,
            instrument=version.instrument,
            item=items[row["finding"]],
            code=row["finding"],
            assessment=walks[row["site"]],
            title=f"Example {row['finding']}",
            severity=row["severity"],
            trade="other",
            state=FindingState.RESOLVED if settled_on else FindingState.OPEN,
            found_on=found_on,
            settled_on=settled_on,
        )
    return made


def _version() -> InstrumentVersion:
    stored: Any = InstrumentVersion._meta.get_field("file").related_model
    sha256 = "0" * 64
    file = stored._default_manager.create(
        sha256=sha256,
        size=1,
        media_type="text/plain",
        first_name="example.yaml",
        stored_at=datetime(2010, 7, 1, tzinfo=UTC),
    )
    instrument = Instrument.objects.create(key="example", title="Example", kind=AssessmentKind.CPTED)
    return InstrumentVersion.objects.create(
        instrument=instrument,
        version="1",
        title="Example",
        format=InstrumentFormat.YAML,
        file=file,
        file_name="example.yaml",
        sha256=sha256,
        valid_from=date(2010, 7, 1),
        added_at=file.stored_at,
        added_by_name="example",
    )


def _site(row: dict[str, str], number: int) -> Any:
    # Reached through the foreign key: a domain does not import another domain's models.
    campus_model: Any = Assessment._meta.get_field("campus").related_model
    school_model: Any = campus_model._meta.get_field("schools").related_model
    name = row["site"]
    campus = campus_model._default_manager.create(
        name=name, slug=name.lower(), address=f"{name} Street", address_key=name.upper()
    )
    school = school_model._default_manager.create(
        cds_code=f"{number:014d}", name=f"{name} Elementary", kind="elementary"
    )
    campus.schools.add(school)
    if row["assessed"]:
        Assessment.objects.create(
            reference=f"example-{number}",
            campus=campus,
            kind=AssessmentKind.CPTED,
            assessed_on=date.fromisoformat(row["assessed"]),
            assessor_role=Role.LEAD,
        )
    return campus
