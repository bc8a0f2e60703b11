"""What a school is called, where another source than the state's directory says it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from schoolward.domains.places.models import School
from schoolward.platform.access.permissions import check
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.actions import record


@transaction.atomic
def rename_school(*, school: School, name: str, by: Viewer, at: datetime) -> None:
    """Call a school by another name. Sites take it over when the directory is settled next."""
    check(by, "places.import", f"places.School:{school.pk}")
    record(
        "places.school_renamed",
        by=by,
        at=at,
        subject=f"places.School:{school.pk}",
        detail={"from": school.name, "to": name},
    )
    school.name = name
    school.save(update_fields=["name"])
