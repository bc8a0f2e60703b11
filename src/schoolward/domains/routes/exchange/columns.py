"""Columns and cells that tables of routes share."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import time
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schoolward.domains.places.queries import campus_by_slug
from schoolward.domains.routes.actions import RouteRefused
from schoolward.platform.access.models import Account
from schoolward.platform.exchange.columns import CellError, Column, number, text_up_to
from schoolward.platform.exchange.records import NotThere, RecordTable, Values
from schoolward.platform.exchange.registry import ImportContext

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR")


class RouteTable(RecordTable):
    """A table of routes."""

    permission = "routes.import"
    export_permission = "routes.view"
    refused = RouteRefused


def site_column() -> Column:
    """The site that a row is about."""
    return Column(
        "site", gettext_lazy("Short name of the site."), required=True, example="oak-ridge-elementary"
    )


def site_of(values: Values, context: ImportContext) -> int:
    """The number of the site that a row names. Raises :class:`NotThere`."""
    found = context.memory.setdefault("sites", {})
    slug = values["site"]
    if slug not in found:
        campus = campus_by_slug(slug)
        if campus is None:
            raise NotThere("site")
        found[slug] = campus.pk
    return int(found[slug])


def reference_column(help_text: Any, example: str) -> Column:
    """The reference by which a row finds its record again."""
    return Column("reference", help_text, required=True, parse=text_up_to(40), example=example)


def point_columns() -> tuple[Column, Column]:
    """Where it is: longitude first, as in GeoJSON."""
    return (
        Column(
            "longitude",
            gettext_lazy("Degrees, WGS 84; west is negative."),
            required=True,
            parse=degrees(180),
            example="-121.4718",
        ),
        Column(
            "latitude",
            gettext_lazy("Degrees, WGS 84."),
            required=True,
            parse=degrees(90),
            example="38.5301",
        ),
    )


def degrees(most: int) -> Any:
    """Read an angle of at most so many degrees, either way."""
    read = number(-most, most)
    return lambda cell: float(read(cell))


def decimal(least: float, most: float) -> Any:
    """Read a number within bounds as a float."""
    read = number(least, most)
    return lambda cell: float(read(cell))


def clock(cell: str) -> time:
    """Read a time of the day: 07:45, 7:45 or 2:30 pm."""
    text = cell.strip().lower().replace(".", "")
    half = text[-2:] if text.endswith(("am", "pm")) else ""
    parts = text.removesuffix(half).strip().split(":")
    try:
        hour, minute = int(parts[0]), int(parts[1]) if len(parts) > 1 else 0
        if half and not 1 <= hour <= 12:
            raise ValueError
        if half:
            hour = hour % 12 + (12 if half == "pm" else 0)
        return time(hour, minute)
    except (ValueError, IndexError):
        raise CellError(_("is not a time of the day"), _("Write it as 07:45.")) from None


def clock_out(value: time | None) -> str | None:
    """A time as it is written out."""
    return None if value is None else value.strftime("%H:%M")


def weekdays_in(cell: str) -> list[int]:
    """Read days of the week, MO,WE, as numbers from Monday 0."""
    found = [part.strip().upper()[:2] for part in cell.split(",") if part.strip()]
    if not found or not set(found) <= set(_WEEKDAYS):
        raise CellError(_("is not a list of school days"), _("Write days as MO,WE."))
    return sorted({_WEEKDAYS.index(part) for part in found})


def weekdays_out(days: Iterable[int]) -> str:
    """Days of the week as they are written out."""
    return ",".join(_WEEKDAYS[day] for day in days)


def account_of(values: Values, context: ImportContext, column: str = "account") -> int:
    """The account whose address a row names. Raises :class:`NotThere`."""
    found = context.memory.setdefault("accounts", {})
    address = str(values[column]).lower()
    if address not in found:
        found[address] = (
            Account.objects.filter(email__iexact=address, is_active=True).values_list("pk", flat=True).first()
        )
    if found[address] is None:
        raise NotThere(column)
    return int(found[address])
