"""Rows of a worked example made into campuses, schools and assessments."""

from __future__ import annotations

from datetime import date
from typing import Any

from schoolward.domains.assessments.models import Assessment, AssessmentKind
from schoolward.platform.access.roles import Role


def build(rows: list[dict[str, str]]) -> dict[str, Any]:
    """Make a campus with an elementary school for each row, and its assessment where a day is given."""
    return {row["site"]: _site(row, number) for number, row in enumerate(rows, start=1)}


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
