"""How incidents are found by number, and put into words behind a number."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from schoolward.domains.incidents.queries import incidents_by_number
from schoolward.platform.access.policy import readable
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.ui.search import Hit, RecordKind, register


def describe(row: Any, viewer: Viewer) -> Hit:
    """What and when; where, for those who may see it."""
    moment = date_format(timezone.localtime(row.occurred_at), "j M Y, H:i")
    place = row.address if readable(row, "address", viewer) else ""
    site = str(row.campus) if row.campus is not None else ""
    detail = " · ".join(part for part in (row.offence.description, place, site) if part)
    return Hit(f"{row.get_category_display()}, {moment}", reverse("incidents:detail", args=[row.pk]), detail)


def find(viewer: Viewer, text: str, limit: int) -> Iterable[Model]:
    """Incidents whose number is the text, newest first. Every number has a digit in it."""
    if not any(letter.isdigit() for letter in text):
        return []
    return incidents_by_number(viewer, text).select_related("campus", "offence")[:limit]


register(
    RecordKind("incidents.Incident", _("Incidents"), describe, find, related=("campus", "offence"), order=30)
)
