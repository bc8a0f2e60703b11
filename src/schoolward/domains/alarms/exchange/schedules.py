"""Arming schedules in and out."""

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
    clock,
)
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.exchange.columns import CellError, Column, day, whole_number, yes_no
from schoolward.platform.exchange.registry import Exchange, ImportContext, Row, register

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_FEWEST_LETTERS = 2


def weekday(cell: str) -> int:
    """Read a weekday, as a name ("Monday", "Mon", "mo.") or a number: 0 is Monday, 6 is Sunday."""
    plain = cell.lower().rstrip(".")
    if plain.isdecimal() and int(plain) < len(DAYS):
        return int(plain)
    if len(plain) >= _FEWEST_LETTERS:
        # "tues" and "thurs" are written too; no two days begin with the same two letters.
        for number, name in enumerate(DAYS):
            if name.startswith(plain):
                return number
    raise CellError(
        _("is no weekday"), _("Write a day such as Monday or Mon, or its number: 0 is Monday, 6 is Sunday.")
    )


@register
class AlarmSchedules(Exchange):
    """When systems are expected to be open."""

    key = "alarm-schedules"
    title = gettext_lazy("Arming schedules")
    description = gettext_lazy(
        "When a system is expected to be open on a weekday, on school days or on days without school. "
        "Openings and closings outside of it become cases; a system without any row is held to nothing."
    )
    columns = (
        ACCOUNT,
        LINE,
        Column(
            "weekday",
            gettext_lazy("A day such as Monday or Mon, or its number: 0 is Monday, 6 is Sunday."),
            required=True,
            parse=weekday,
            example="Monday",
        ),
        Column(
            "school_days",
            gettext_lazy("Whether it speaks of school days (yes, if blank) or of days without school (no)."),
            parse=yes_no,
            example="yes",
        ),
        Column("opens", gettext_lazy("When it opens."), required=True, parse=clock, example="06:30"),
        Column("closes", gettext_lazy("When it closes."), required=True, parse=clock, example="22:00"),
        Column(
            "tolerance_min",
            gettext_lazy("So many minutes before and after are not counted; 30 if blank."),
            parse=whole_number(0, 600),
            example="30",
        ),
        Column("valid_from", gettext_lazy("The first day on which it holds; blank for always."), parse=day),
        Column("valid_to", gettext_lazy("The last day on which it holds; blank for good."), parse=day),
    )
    permission = "alarms.keep"
    export_permission = "alarms.view"

    def apply_rows(self, rows: Iterable[Row], context: ImportContext) -> None:
        systems = Systems(context.by)
        for row in rows:
            system_id = systems.find(row, context)
            if system_id is None:
                continue

            def keep(values: Mapping[str, Any] = row.values, system_id: int = system_id) -> str:
                tolerance = values.get("tolerance_min")
                return actions.keep_schedule(
                    system_id=system_id,
                    weekday=values["weekday"],
                    on_school_days=values.get("school_days") is not False,
                    opens=values["opens"],
                    closes=values["closes"],
                    tolerance_minutes=30 if tolerance is None else tolerance,
                    valid_from=values.get("valid_from"),
                    valid_to=values.get("valid_to"),
                    by=context.by,
                    at=context.at,
                ).outcome

            apply_row(row, context, "weekday", keep)

    def export_rows(self, viewer: Viewer) -> Iterator[Sequence[object]]:
        held = queries.schedules(viewer).order_by(
            "system__line__name", "system__account", "weekday", "-on_school_days", "valid_from"
        )
        for row in held:
            yield [
                row.system.account,
                row.system.line.name,
                DAYS[row.weekday].capitalize(),
                "yes" if row.on_school_days else "no",
                f"{row.opens:%H:%M}",
                f"{row.closes:%H:%M}",
                row.tolerance_minutes,
                row.valid_from,
                row.valid_to,
            ]
