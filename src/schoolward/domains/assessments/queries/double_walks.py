"""Two assessors walk alone: what one says is closed to the other until both have handed in.

Otherwise their agreement would be that of one reading the other. Closed to whoever walks the same assessment,
and, while the second is not begun, to everybody who may yet be the second.
"""

from __future__ import annotations

from django.db.models import Count, Q

from schoolward.domains.assessments.models import Assessment, Walk
from schoolward.domains.assessments.models.assessments import FINISHED
from schoolward.platform.access.permissions import may
from schoolward.platform.access.viewer import Viewer

_ASSESSORS = 2


def walks_kept_apart(viewer: Viewer) -> list[int]:
    """The numbers of the walks that are closed to the viewer for this reason."""
    if viewer.is_system or viewer.account_id is None or not may(viewer, "assessments.walk"):
        return []
    under_way = Assessment.objects.filter(is_double=True).exclude(state__in=FINISHED)
    counted = under_way.annotate(
        begun=Count("walks"), own=Count("walks", filter=Q(walks__assessor_id=viewer.account_id))
    )
    kept = counted.filter(Q(own__gt=0) | Q(begun__lt=_ASSESSORS)).order_by().values_list("pk", flat=True)
    others = Walk.objects.filter(assessment_id__in=list(kept)).exclude(assessor_id=viewer.account_id)
    return list(others.order_by().values_list("pk", flat=True))
