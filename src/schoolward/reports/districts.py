"""Whose papers these are."""

from __future__ import annotations

from django.utils.translation import gettext as _

from schoolward.platform.access.agencies import agencies
from schoolward.platform.access.models import AgencyKind


def district_name() -> str:
    """The name of the school district, as the installation keeps it."""
    named = agencies().filter(kind=AgencyKind.DISTRICT).order_by("pk").values_list("name", flat=True).first()
    return named or _("School district")
