"""Zones in and out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schoolward.domains.alarms import actions, queries
from schoolward.domains.alarms.exchange.finding import (
    ACCOUNT,
    LINE,
    Systems,
    apply_row,
)
from schoolward.domains.alarms.models import Device
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.exchange.columns import (
    Column,
    one_of,
    text_up_to,
)
from schoolward.platform.exchange.registry import Exchange, ImportContext, Row, register


@register
class AlarmZones(Exchange):
    """The zones of the panels."""

    key = "alarm-zones"
    title = gettext_lazy("Alarm zones")
    description = gettext_lazy("What each zone of a panel watches, by what, and where its camera is seen.")
    columns = (
        ACCOUNT,
        LINE,
        Column(
            "zone",
            gettext_lazy("The zone's number as the panel sends it; leading zeros do not count."),
            required=True,
            parse=text_up_to(8),
            example="3",
        ),
        Column("title", gettext_lazy("What it watches."), parse=text_up_to(120), example="East door"),
        Column("device", gettext_lazy("What watches it."), parse=one_of(Device.choices), example="door"),
        Column("camera", gettext_lazy("The address at which its camera is seen."), parse=text_up_to(200)),
    )
    permission = "alarms.keep"
    export_permission = "alarms.view"

    def apply_rows(self, rows: Iterable[Row], context: ImportContext) -> None:
        systems = Systems(context.by)
        for row in rows:
            system_id = systems.find(row, context)
            if system_id is None:
                continue
            camera = row.values.get("camera") or ""
            if camera and not camera.startswith(("https://", "http://", "rtsp://")):
                context.reject(
                    row,
                    "camera",
                    _("is not an address"),
                    _("Write it with https:// in front, or leave it out."),
                )
                continue

            def keep(values: Mapping[str, Any] = row.values, system_id: int = system_id) -> str:
                return actions.keep_zone(
                    system_id=system_id,
                    number=values["zone"],
                    title=values.get("title") or "",
                    device=values.get("device") or Device.OTHER,
                    camera_link=values.get("camera") or "",
                    by=context.by,
                    at=context.at,
                ).outcome

            apply_row(row, context, "zone", keep)

    def export_rows(self, viewer: Viewer) -> Iterator[Sequence[object]]:
        for zone in queries.zones(viewer).order_by("system__line__name", "system__account", "number"):
            yield [
                zone.system.account,
                zone.system.line.name,
                zone.number,
                zone.title,
                zone.device,
                zone.camera_link,
            ]
