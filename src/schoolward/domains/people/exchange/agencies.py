"""Agencies in and out as CSV and XLSX, with the same columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext_lazy as _

from schoolward.platform.access import agencies
from schoolward.platform.access.models import AgencyKind
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.exchange.columns import Column, one_of, text_up_to
from schoolward.platform.exchange.registry import Exchange, ImportContext, Row, register


@register
class Agencies(Exchange):
    """The partners of the partnership."""

    key = "agencies"
    title = _("Agencies")
    description = _("The partners: districts, police departments, cities, community organizations.")
    columns = (
        Column(
            "name",
            _("The agency's name; by it an agency is known again."),
            required=True,
            parse=text_up_to(200),
            example="River City Police Department",
        ),
        Column(
            "kind",
            _("What kind of partner it is; it decides which roles its people can have."),
            required=True,
            parse=one_of(AgencyKind.choices),
            example=AgencyKind.POLICE.value,
        ),
    )
    permission = agencies.PERMISSION
    export_permission = agencies.PERMISSION

    def apply_rows(self, rows: Iterable[Row], context: ImportContext) -> None:
        known = {agency.name.casefold(): agency for agency in agencies.agencies()}
        for row in rows:
            name, kind = row.values["name"], row.values["kind"]
            there = known.get(name.casefold())
            try:
                if there is None:
                    known[name.casefold()] = agencies.open_agency(
                        name=name, kind=kind, by=context.by, at=context.at
                    )
                    context.report.created += 1
                elif agencies.change_agency(agency=there, name=name, kind=kind, by=context.by, at=context.at):
                    context.report.updated += 1
                else:
                    context.report.unchanged += 1
            except agencies.UnfitAgency as refusal:
                context.reject(row, refusal.field, str(refusal))

    def export_rows(self, viewer: Viewer) -> Iterable[Sequence[object]]:
        return [(agency.name, agency.kind) for agency in agencies.agencies()]
