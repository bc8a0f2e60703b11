"""How the tests ask what is set aside and what is left, and a finding behind a work."""

from __future__ import annotations

from datetime import date, datetime

from schoolward.domains.assessments.models import (
    Assessment,
    Finding,
    Instrument,
    InstrumentItem,
    InstrumentVersion,
)
from schoolward.domains.funding import queries
from schoolward.domains.funding.models import Allocation
from schoolward.domains.places.models import Campus
from schoolward.domains.work.models import WorkItem
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.files.models import StoredFile

DAY = date(2012, 9, 6)


def allocation(reference: str) -> Allocation:
    return Allocation.objects.get(work__reference=reference, withdrawn_on__isnull=True)


def amounts(viewer: Viewer) -> dict[str, int]:
    return {fund.key: fund.amount for fund in queries.funds_now(viewer, on=DAY).funds}


def paper_finding(site: Campus, item: WorkItem, number: int, at: datetime) -> None:
    """A finding that was done on paper, behind the work."""
    file, _made = StoredFile.objects.get_or_create(
        sha256="0" * 64,
        defaults={"size": 1, "media_type": "text/plain", "first_name": "x", "stored_at": at},
    )
    instrument, _made = Instrument.objects.get_or_create(
        key="paper", defaults={"title": "P", "kind": "cpted"}
    )
    version, _made = InstrumentVersion.objects.get_or_create(
        instrument=instrument,
        version="1",
        defaults={
            "title": "P",
            "format": "yaml",
            "file": file,
            "file_name": "x",
            "sha256": "0" * 64,
            "valid_from": DAY,
            "added_at": at,
            "added_by_name": "P",
        },
    )
    row = InstrumentItem.objects.create(version=version, code=f"G{number}", position=number, text="Locks")
    assessment, _made = Assessment.objects.get_or_create(
        reference="A-1", campus=site, kind="cpted", assessed_on=DAY, assessor_role="lead"
    )
    Finding.objects.create(
        campus=site,
        instrument=instrument,
        item=row,
        code=row.code,
        assessment=assessment,
        title=item.title,
        severity="medium",
        trade="locks",
        state="accepted",
        found_on=DAY,
        work=item,
    )
