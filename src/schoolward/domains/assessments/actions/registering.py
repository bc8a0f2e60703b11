"""Writes of the register: each one transaction and one audit event."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from schoolward.domains.assessments.actions.refusals import AssessmentRefused
from schoolward.domains.assessments.models import Assessment
from schoolward.platform.access.permissions import AccessDenied, check
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.actions import record


@transaction.atomic
def register_assessment(
    *,
    campus_id: int,
    kind: str,
    assessed_on: date,
    assessor_role: str,
    by: Viewer,
    at: datetime,
    document: str = "",
    reference: str = "",
    invented: bool = False,
) -> Assessment:
    """Enter an assessment. It gets a reference of its own when none is given.

    Raises ``AssessmentRefused`` for a day that is yet to come, for one that is entered already and for a
    reference in use, ``AccessDenied`` for a site that is not the viewer's.
    """
    check(by, "assessments.register")
    if by.campus_ids is not None and campus_id not in by.campus_ids:
        raise AccessDenied("assessments.register", f"places.Campus:{campus_id}")
    if assessed_on > timezone.localdate(at):
        raise AssessmentRefused(
            _("An assessment is entered when it was done, not before."), field="assessed_on"
        )
    same = Assessment.objects.filter(campus_id=campus_id, kind=kind, assessed_on=assessed_on)
    if same.filter(version__isnull=True).exists():
        raise AssessmentRefused(
            _("This kind of assessment is entered for this site and day already."), field="assessed_on"
        )
    if reference and Assessment.objects.filter(reference=reference).exists():
        raise AssessmentRefused(
            _("Another assessment has this reference. Leave it empty to get a new one."), field="reference"
        )
    assessment = Assessment.objects.create(
        # The number comes from the row itself; site, kind and day keep the placeholder unique.
        reference=reference or f"new-{campus_id}-{kind}-{assessed_on:%Y%m%d}",
        campus_id=campus_id,
        kind=kind,
        assessed_on=assessed_on,
        assessor_role=assessor_role,
        document=document.strip(),
        invented=invented,
    )
    if not reference:
        assessment.reference = f"A-{assessment.pk:05d}"
        assessment.save(update_fields=["reference"])
    _audit("assessments.registered", assessment, by=by)
    return assessment


@transaction.atomic
def correct_document(
    *, assessment: Assessment, document: str, assessor_role: str, by: Viewer, at: datetime
) -> bool:
    """Correct where the document is kept and who assessed. Whether anything changed."""
    check(by, "assessments.register", f"assessments.Assessment:{assessment.pk}")
    if (assessment.document, assessment.assessor_role) == (document, assessor_role):
        return False
    assessment.document, assessment.assessor_role = document, assessor_role
    assessment.save(update_fields=["document", "assessor_role"])
    _audit("assessments.corrected", assessment, by=by)
    return True


def _audit(action: str, assessment: Assessment, *, by: Viewer) -> None:
    record(
        action,
        by=by,
        at=by.at,
        subject=f"assessments.Assessment:{assessment.pk}",
        detail={"reference": assessment.reference, "campus": assessment.campus_id},
    )
