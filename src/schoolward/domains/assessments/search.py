"""How an assessment is put into words behind a number."""

from __future__ import annotations

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from schoolward.domains.assessments.models import Assessment
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.ui.search import Hit, RecordKind, register


def describe(row: Assessment, viewer: Viewer) -> Hit:
    """Reference, site and day."""
    return Hit(
        f"{row.reference} {row.campus.name}",
        reverse("assessments:list"),
        date_format(row.assessed_on, "j M Y"),
    )


register(RecordKind("assessments.Assessment", _("Assessments"), describe, related=("campus",), order=60))
