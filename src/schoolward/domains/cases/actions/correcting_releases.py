"""Setting right where a student went from the attendance center. What stood there stays beside it."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from schoolward.domains.cases.actions.centre import KEEP
from schoolward.domains.cases.actions.rows import audit, own, writing
from schoolward.domains.cases.models import CentreVisit, ReleaseCorrection, ReleasedTo, of_youth
from schoolward.platform.access.refusal import Refusal, fit_text
from schoolward.platform.access.viewer import Viewer

LONGEST_REASON = 300


def correct_release(
    *, visit_id: int, released_to: str, reason: str, by: Viewer, at: datetime
) -> ReleaseCorrection:
    """Set right where the student went, with the reason and whose word it is.

    Rightly to a peace officer, the parent has to be told (Education Code 48906), and the clock runs from the
    moment of the release. Rightly to nobody of them, what was noted of a notice stays in the correction
    alone. Raises ``AccessDenied`` and :class:`Refusal`.
    """
    with writing(by, KEEP):
        visit = own(CentreVisit, visit_id, by=by, permission=KEEP)
        if visit.left_at is None:
            raise Refusal(_("The student is still here: there is nothing to set right."))
        if released_to not in ReleasedTo.values:
            raise Refusal(_("Choose where the student went."), field="released_to")
        if visit.released_to == released_to:
            raise Refusal(_("That is what stands there already."), field="released_to")
        made = ReleaseCorrection.objects.create(
            **of_youth(visit.youth),
            visit=visit,
            before=visit.released_to,
            after=released_to,
            told_before=visit.parent_told_at,
            exempt_before=visit.notice_exempt,
            reason=fit_text(reason, field="reason", longest=LONGEST_REASON),
            at=at,
            by_id=by.account_id,
            by_name=by.account_name,
            invented=visit.invented,
        )
        visit.released_to, visit.parent_told_at, visit.notice_exempt = released_to, None, False
        visit.save(update_fields=["released_to", "parent_told_at", "notice_exempt"])
        audit("release_corrected", visit, by=by, at=by.at, before=made.before, after=made.after)
    return made
