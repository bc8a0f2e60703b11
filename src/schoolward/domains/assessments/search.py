"""How assessments and findings are found, and put into words behind a number."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Model
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from schoolward.domains.assessments.models import Assessment, Finding
from schoolward.domains.assessments.queries import IN_ORDER, findings
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.ui.search import Hit, RecordKind, holds_words, register


def describe(row: Assessment, viewer: Viewer) -> Hit:
    """Reference, site and day."""
    return Hit(
        f"{row.reference} {row.campus.name}",
        reverse("assessments:detail", args=[row.pk]),
        date_format(row.assessed_on, "j M Y") if row.assessed_on else str(row.get_state_display()),
    )


register(RecordKind("assessments.Assessment", _("Assessments"), describe, related=("campus",), order=60))


def describe_finding(row: Finding, viewer: Viewer) -> Hit:
    """What is recommended, where, and how it stands."""
    return Hit(
        row.title,
        reverse("assessments:finding", args=[row.pk]),
        f"{row.campus.name} · {row.get_state_display()}",
    )


def find_findings(viewer: Viewer, text: str, limit: int) -> Iterable[Model]:
    """Findings whose recommendation or site holds the words, those to be decided first."""
    matching = findings(viewer).filter(holds_words(text, "title", "campus__name"))
    return matching.order_by(*IN_ORDER)[:limit]


register(
    RecordKind(
        "assessments.Finding", _("Findings"), describe_finding, find_findings, related=("campus",), order=61
    )
)
