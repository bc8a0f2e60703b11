"""Reads of filled forms."""

from __future__ import annotations

from django.db.models import QuerySet

from schoolward.domains.assessments.models import Filling
from schoolward.platform.access.policy import visible
from schoolward.platform.access.viewer import Viewer


def fillings(viewer: Viewer) -> QuerySet[Filling]:
    """The filled forms that the viewer may see."""
    related = ("file", "walk__campus", "walk__assessment__version__instrument")
    return visible(Filling.objects.select_related(*related), viewer)
