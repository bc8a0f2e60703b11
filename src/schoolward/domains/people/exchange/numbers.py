"""The numbers at which agencies take alarms, in and out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext_lazy as _

from schoolward.domains.people.actions import UnfitNumber, keep_number
from schoolward.domains.people.actions.numbers import PERMISSION
from schoolward.domains.people.models import Serves, Use
from schoolward.domains.people.queries import response_numbers
from schoolward.platform.access.agencies import agencies
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.exchange.columns import Column, one_of, text_up_to
from schoolward.platform.exchange.registry import Exchange, ImportContext, Row, register


@register
class ResponseNumbers(Exchange):
    """Whom the alarm desk calls, by jurisdiction."""

    key = "response-numbers"
    title = _("Whom to call")
    description = _(
        "Who is called about an alarm: police by the jurisdiction of the site, and the district's guards."
    )
    columns = (
        Column(
            "serves",
            _("Which ground: a jurisdiction, or every site."),
            required=True,
            parse=one_of(Serves.choices),
            example=Serves.CITY.value,
        ),
        Column(
            "use",
            _("What the number is for. With the ground, it is known again by it."),
            required=True,
            parse=one_of(Use.choices),
            example=Use.NON_EMERGENCY.value,
        ),
        Column(
            "agency",
            _("The agency that answers; it must be one of the agencies kept."),
            required=True,
            parse=text_up_to(200),
            example="River City Police Department",
        ),
        Column(
            "title",
            _("What the desk shows."),
            required=True,
            parse=text_up_to(80),
            example="City, non-emergency",
        ),
        Column("phone", _("The number."), required=True, parse=text_up_to(40), example="916-555-0100"),
    )
    permission = PERMISSION
    export_permission = "people.view"

    def apply_rows(self, rows: Iterable[Row], context: ImportContext) -> None:
        known = {agency.name.casefold(): agency for agency in agencies()}
        for row in rows:
            values = dict(row.values)
            agency = known.get(values.pop("agency").casefold())
            if agency is None:
                error = _("There is no agency of this name. Take it in first, or import the agencies.")
                context.reject(row, "agency", str(error))
                continue
            try:
                kept = keep_number(agency=agency, by=context.by, at=context.at, **values)
            except UnfitNumber as refusal:
                context.reject(row, refusal.field, str(refusal))
                continue
            setattr(context.report, kept.outcome, getattr(context.report, kept.outcome) + 1)

    def export_rows(self, viewer: Viewer) -> Iterable[Sequence[object]]:
        return [
            (number.serves, number.use, number.agency.name, number.title, number.phone)
            for number in response_numbers(viewer)
        ]
