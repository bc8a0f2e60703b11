"""Reads of filled forms."""

from __future__ import annotations

from django.db.models import QuerySet

from schoolward.domains.assessments.models import Filling
from schoolward.domains.assessments.queries.double_walks import walks_kept_apart
from schoolward.platform.access.policy import visible
from schoolward.platform.access.viewer import Viewer


def fillings(viewer: Viewer) -> QuerySet[Filling]:
    """The filled forms that the viewer may see."""
    related = ("file", "walk__campus", "walk__assessment__version__instrument")
    seen = visible(Filling.objects.select_related(*related), viewer)
    return seen.exclude(walk__in=walks_kept_apart(viewer))
