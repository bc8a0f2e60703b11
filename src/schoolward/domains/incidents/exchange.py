"""Incidents in from police files, and out in the layout that our own import reads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import BinaryIO

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from schoolward.analysis.addresses import normalise
from schoolward.domains.incidents.actions.importing import AUTO, import_stream
from schoolward.domains.incidents.models import Incident, Placement, Source
from schoolward.domains.incidents.queries import visible_incidents
from schoolward.domains.places.queries import code_for_address
from schoolward.platform.access.policy import readable
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.exchange.columns import Column
from schoolward.platform.exchange.registry import Choice, Exchange, ImportContext, TableLayout, register
from schoolward.protocols.police_records import LAYOUTS, Layout, layout_named

_EXAMPLES = {
    "number": "2012-000042",
    "occurred_at": "2012-09-06 08:15",
    "address": "3500 Florin Road",
    "category": "vandalism",
    "code": "2999",
    "description": "594 PC VANDALISM",
    "latitude": "38.495828",
    "longitude": "-121.46754",
    "campus_cds": "34674393431012",
}


def _columns(layout: Layout) -> tuple[Column, ...]:
    """The columns of a layout, each under the name that files give it first."""
    return tuple(
        Column(
            name=field.headers[0],
            help=field.help,
            required=field.required,
            aliases=field.headers[1:],
            example=_EXAMPLES.get(field.name, "") if layout.key == "generic" else "",
        )
        for field in layout.fields
    )


@register
class Incidents(Exchange):
    """Reads the layouts that are known, and writes the general one."""

    key = "incidents"
    title = _("Incidents")
    description = _("Police records, or incidents from any source with columns as described.")
    columns = _columns(layout_named("generic"))
    permission = "incidents.import"
    export_permission = "incidents.view"
    choices = (
        Choice(
            "format",
            _("Layout of the file"),
            (
                (AUTO, _("Find out from the header")),
                *((key, layout.title) for key, layout in LAYOUTS.items()),
            ),
        ),
    )

    def layouts(self) -> Sequence[TableLayout]:
        """The police's layouts and our own."""
        return [TableLayout(key, layout.title, _columns(layout)) for key, layout in LAYOUTS.items()]

    def run_stream(self, stream: BinaryIO, context: ImportContext) -> None:
        """Read the whole file in chunks; see `actions.importing`."""
        import_stream(stream, context)

    def export_rows(self, viewer: Viewer) -> Iterable[Sequence[object]]:
        """Every incident that the viewer may see, oldest first, in the general layout."""
        rows = visible_incidents(viewer).select_related("offence").order_by("occurred_at", "pk")
        for incident in rows.iterator(chunk_size=2000):
            yield export_row(incident, viewer)


def export_row(incident: Incident, viewer: Viewer) -> Sequence[object]:
    """One incident in the order of the general layout's columns.

    Fields that the viewer may not read are blank, and so is a position that is only approximate. The number
    names the source too, so that a file that comes back finds its own records.
    """
    place = readable(incident, "address", viewer)
    exact = place and incident.placement in (Placement.EXACT, Placement.SITE)
    generic = incident.source == Source.GENERIC
    return (
        incident.source_key if generic else f"{incident.source}:{incident.source_key}",
        timezone.localtime(incident.occurred_at).isoformat(timespec="seconds"),
        incident.address if place else "",
        incident.category,
        incident.offence.code,
        incident.offence.description,
        incident.latitude if exact else None,
        incident.longitude if exact else None,
        _stated_school(incident) if place else "",
        incident.district,
        incident.beat,
        incident.grid,
    )


def _stated_school(incident: Incident) -> str:
    """The code of the school that a file named beside another address; mostly none."""
    if incident.source != Source.GENERIC or incident.address_key == normalise(incident.address):
        return ""
    return code_for_address(incident.address_key, incident.local_date)
