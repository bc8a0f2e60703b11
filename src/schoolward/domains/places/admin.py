"""Sites and schools in the technical administration: to look at, never to change around the actions."""

from __future__ import annotations

from django.contrib import admin

from schoolward.domains.places.models import (
    BellTimes,
    Campus,
    Enrolment,
    NonSchoolDay,
    School,
    SchoolOccupancy,
)
from schoolward.platform.access.look_only import LookOnly


@admin.register(Campus)
class CampusAdmin(LookOnly):
    """All sites."""

    list_display = ("name", "address", "jurisdiction", "name_origin", "point_origin")
    list_filter = ("jurisdiction",)
    search_fields = ("name", "address", "address_key")


@admin.register(School)
class SchoolAdmin(LookOnly):
    """All schools."""

    list_display = ("name", "cds_code", "kind", "is_charter", "opened", "closed")
    list_filter = ("kind", "is_charter")
    search_fields = ("name", "cds_code")


@admin.register(SchoolOccupancy)
class SchoolOccupancyAdmin(LookOnly):
    """Which school was where."""

    list_display = ("school", "campus", "valid_from", "valid_to")
    list_select_related = ("school", "campus")


admin.site.register([Enrolment, BellTimes, NonSchoolDay], LookOnly)
