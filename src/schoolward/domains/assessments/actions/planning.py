"""Planning an assessment, and starting to walk it."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from schoolward.domains.assessments.actions.recording import audit, check_site, locked
from schoolward.domains.assessments.actions.refusals import AssessmentRefused
from schoolward.domains.assessments.models import Assessment, AssessmentState, ReinspectionRequest, Walk
from schoolward.domains.assessments.queries import bands_of, usable_versions
from schoolward.domains.places.queries import campuses_in_use
from schoolward.platform.access.viewer import Viewer


@transaction.atomic
def plan_assessment(
    *,
    campus_id: int,
    version_id: int,
    planned_on: date,
    by: Viewer,
    at: datetime,
    is_double: bool = False,
    invented: bool = False,
    permission: str = "assessments.plan",
) -> Assessment:
    """Plan a walk of a campus with a version of an instrument that holds on the day.

    Raises ``AssessmentRefused`` for a day that is past, for a site whose schools have closed by then or that
    has none, because no grid and no profile would show what was found, for a version that does not hold
    then, and where the same campus is planned with the same instrument already. ``permission`` is that of the
    domain which plans, where it is another.
    """
    check_site(by, campus_id, permission)
    if planned_on < timezone.localdate(at):
        raise AssessmentRefused(_("That day is past. Choose a day from today on."), field="planned_on")
    if not campuses_in_use(planned_on, campus_id=campus_id).exists():
        raise AssessmentRefused(
            _("No school of the district is in operation at this site on that day. Choose another site."),
            field="campus_id",
        )
    version = usable_versions(by, planned_on).filter(pk=version_id).first()
    if version is None:
        raise AssessmentRefused(
            _("This instrument does not hold on that day. Choose its version of the day, or another day."),
            field="version_id",
        )
    waiting = Assessment.objects.filter(
        campus_id=campus_id,
        version__instrument_id=version.instrument_id,
        state__in=[AssessmentState.PLANNED, AssessmentState.WALKING],
    ).first()
    if waiting is not None:
        raise AssessmentRefused(
            _("%(reference)s is planned for this site with this instrument already.")
            % {"reference": waiting.reference},
            field="campus_id",
        )
    assessment = Assessment.objects.create(
        reference=f"plan-{campus_id}-{version_id}-{at.timestamp()}"[:40],
        campus_id=campus_id,
        kind=version.instrument.kind,
        state=AssessmentState.PLANNED,
        version=version,
        bands=",".join(bands_of(campus_id, planned_on)),
        planned_on=planned_on,
        assessor_role=by.role,
        is_double=is_double,
        invented=invented,
    )
    assessment.reference = f"A-{assessment.pk:05d}"
    assessment.save(update_fields=["reference"])
    audit("assessments.planned", assessment, by=by, campus=campus_id, version=version.pk, double=is_double)
    return assessment


@transaction.atomic
def start_walk(*, assessment_id: int, client_id: UUID, by: Viewer, at: datetime, device: str = "") -> Walk:
    """Begin the own walk of an assessment; asked again by the same person it returns the one that is there.

    A double walk has room for two persons. Raises ``AssessmentRefused`` where there is no room, and where the
    assessment is finished.
    """
    assessment = locked(Assessment, assessment_id, by=by, permission="assessments.walk")
    walks = list(assessment.walks.order_by("number"))
    for walk in walks:
        if walk.assessor_id == by.account_id:
            return walk
    if assessment.is_finished or assessment.version_id is None:
        raise AssessmentRefused(_("This assessment is finished. Plan another one to walk the site again."))
    room = 2 if assessment.is_double else 1
    if len(walks) >= room:
        raise AssessmentRefused(
            _("Somebody walks this already. Two assessors need one that is planned as a double walk.")
        )
    walk = Walk.objects.create(
        assessment=assessment,
        campus_id=assessment.campus_id,
        number=len(walks) + 1,
        assessor_id=by.account_id,
        assessor_name=by.account_name,
        client_id=client_id,
        device=device[:120],
        started_at=at,
    )
    if walk.number == 1:
        assessment.assessor_id, assessment.assessor_role = by.account_id, by.role
    else:
        assessment.second_assessor_id = by.account_id
    assessment.state = AssessmentState.WALKING
    assessment.save(update_fields=["assessor", "assessor_role", "second_assessor", "state"])
    audit("assessments.walk_started", assessment, by=by, walk=walk.pk, number=walk.number)
    return walk


@transaction.atomic
def start_reinspection(
    *, request_id: int, client_id: UUID, by: Viewer, at: datetime, device: str = ""
) -> Walk:
    """Begin the walk of a re-inspection; the one who began it goes on with it."""
    asked = locked(ReinspectionRequest, request_id, by=by, permission="assessments.walk")
    there = asked.walks.first()
    if there is not None:
        if there.assessor_id == by.account_id:
            return there
        raise AssessmentRefused(_("Somebody else does this re-inspection already."))
    _check_other_hands(asked, by=by)
    walk = Walk.objects.create(
        reinspection=asked,
        campus_id=asked.campus_id,
        assessor_id=by.account_id,
        assessor_name=by.account_name,
        client_id=client_id,
        device=device[:120],
        started_at=at,
    )
    audit("assessments.reinspection_started", asked, by=by, walk=walk.pk)
    return walk


def _check_other_hands(asked: ReinspectionRequest, *, by: Viewer) -> None:
    """Whoever did all of the work does not look at it again: nothing of it could be verified then."""
    done_by = list(asked.findings.filter(work__state="done").values_list("work__done_by", flat=True))
    if by.account_id is not None and done_by and set(done_by) == {by.account_id}:
        raise AssessmentRefused(
            _("You did this work yourself, so your look verifies nothing. Let somebody else look at it.")
        )
