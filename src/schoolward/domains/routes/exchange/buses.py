"""Walking school buses, their stops, leaders and walks, in and out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from schoolward.domains.routes import actions, queries
from schoolward.domains.routes.exchange.columns import (
    RouteTable,
    account_of,
    clock,
    clock_out,
    point_columns,
    site_column,
    site_of,
    weekdays_in,
    weekdays_out,
)
from schoolward.domains.routes.models import BusLeader, BusRun, BusStop, Direction, WalkingBus
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.exchange.columns import Column, day, one_of, text_up_to, whole_number
from schoolward.platform.exchange.records import Cells, NotThere, Values, acting, filled
from schoolward.platform.exchange.registry import ImportContext, Row, register


def bus_column() -> Column:
    """The bus that a row is about."""
    return Column(
        "bus", _("Short name of the bus."), required=True, parse=text_up_to(60), example="oak-north"
    )


def bus_of(values: Values, context: ImportContext) -> WalkingBus:
    """The bus that a row names. Raises :class:`NotThere`."""
    found = queries.buses(context.by).filter(key=values["bus"]).first()
    if found is None:
        raise NotThere("bus")
    return found


@register
class WalkingBuses(RouteTable):
    """Walking school buses."""

    key = "walking-buses"
    title = _("Walking school buses")
    description = _("Groups of pupils who walk to school along stops. No names of people.")
    columns = (
        bus_column(),
        Column("name", _("The route's name."), required=True, parse=text_up_to(120), example="Oak, north"),
        site_column(),
        Column(
            "capacity",
            _("The most pupils that may walk along."),
            required=True,
            parse=whole_number(1, 200),
            example="24",
        ),
        Column(
            "pupils_per_leader",
            _("The most pupils that one leader looks after."),
            parse=whole_number(1, 30),
            example="6",
        ),
        Column("weekdays", _("Days of walking."), parse=weekdays_in, example="MO,WE,FR"),
        Column("valid_from", _("The first day."), required=True, parse=day, example="2012-08-27"),
        Column("valid_to", _("The last day."), parse=day),
    )

    def rows(self, viewer: Viewer) -> Iterable[WalkingBus]:
        return queries.buses(viewer).order_by("key")

    def cells(self, record: WalkingBus) -> Cells:
        names = ("name", "capacity", "pupils_per_leader", "weekdays", "valid_from", "valid_to")
        return {
            "bus": record.key,
            "site": record.campus.slug,
            **{name: getattr(record, name) for name in names},
        }

    def row_of(self, record: WalkingBus) -> list[object]:
        values = super().row_of(record)
        values[self.column_names.index("weekdays")] = weekdays_out(record.weekdays)
        return values

    def find(self, values: Values, context: ImportContext) -> WalkingBus | None:
        return queries.buses(context.by).filter(key=values["bus"]).first()

    def write(self, values: Values, there: Any, context: ImportContext) -> None:
        actions.keep_bus(
            campus_id=site_of(values, context),
            key=values["bus"],
            bus_id=there.pk if there else None,
            valid_to=values.get("valid_to"),
            **{name: values[name] for name in ("name", "capacity", "valid_from")},
            **filled(values, "pupils_per_leader", "weekdays"),
            **acting(context),
        )


@register
class BusStops(RouteTable):
    """Stops. A bus gets all of the file's stops at once, in place of those that it had."""

    key = "bus-stops"
    title = _("Stops of walking school buses")
    description = _(
        "All stops of a bus, first to last; the last is the school. They take the place of those that it has."
    )
    columns = (
        bus_column(),
        Column("number", _("1 for the first."), required=True, parse=whole_number(1, 100), example="1"),
        Column(
            "place",
            _("A corner; no one's home."),
            required=True,
            parse=text_up_to(200),
            example="Oak St and 1st Ave",
        ),
        *point_columns(),
        Column("leaves_at", _("When it leaves."), required=True, parse=clock, example="07:35"),
    )

    def rows(self, viewer: Viewer) -> Iterable[BusStop]:
        return queries.stops(viewer).order_by("bus__key", "number")

    def cells(self, record: BusStop) -> Cells:
        names = ("number", "place", "longitude", "latitude", "leaves_at")
        return {"bus": record.bus.key, **{name: getattr(record, name) for name in names}}

    def row_of(self, record: BusStop) -> list[object]:
        values = super().row_of(record)
        values[-1] = clock_out(record.leaves_at)
        return values

    def apply_rows(self, rows: Iterable[Row], context: ImportContext) -> None:
        by_bus: dict[str, list[Row]] = {}
        for row in rows:
            by_bus.setdefault(row.values["bus"], []).append(row)
        for told in by_bus.values():
            self._set(sorted(told, key=lambda row: int(row.values["number"])), context)

    def _set(self, told: list[Row], context: ImportContext) -> None:
        first = told[0]
        bus = queries.buses(context.by).filter(key=first.values["bus"]).first()
        if bus is None:
            for row in told:
                context.reject(row, "bus", _("is not known"), _("Bring it in first."))
            return
        numbers = [row.values["number"] for row in told]
        for row, wanted in zip(told, range(1, len(told) + 1), strict=True):
            if row.values["number"] != wanted:
                for each in told:
                    context.reject(
                        each,
                        "number",
                        _("the stops of a bus are not numbered from 1 on"),
                        _("Give all stops of the bus, each number once."),
                    )
                return
        stands = {stop.number: self.cells(stop) for stop in queries.stops(context.by).filter(bus=bus)}
        wanted_cells = {number: dict(row.values) for number, row in zip(numbers, told, strict=True)}
        if stands == wanted_cells:
            context.report.unchanged += len(told)
            return
        try:
            actions.set_stops(
                bus_id=bus.pk,
                stops=[
                    actions.Stop(
                        **{name: row.values[name] for name in ("place", "longitude", "latitude", "leaves_at")}
                    )
                    for row in told
                ],
                **acting(context),
            )
        except actions.RouteRefused as refusal:
            for row in told:
                context.reject(row, "leaves_at", str(refusal))
            return
        context.report.updated += sum(number in stands for number in numbers)
        context.report.created += sum(number not in stands for number in numbers)


@register
class BusLeaders(RouteTable):
    """Who may lead. They go out to those alone who run the buses."""

    key = "bus-leaders"
    title = _("Leaders of walking school buses")
    description = _("Accounts, and the two dates of their vetting. No result of a vetting is ever kept.")
    export_permission = "routes.manage"
    columns = (
        bus_column(),
        Column("account", _("E-mail address of the account."), required=True, example="lead@example.org"),
        Column("vetted_on", _("The day of the vetting."), parse=day, example="2012-08-01"),
        Column("vetted_until", _("The last day on which it holds."), parse=day, example="2013-07-31"),
        Column("valid_from", _("The first day of leading."), required=True, parse=day, example="2012-08-27"),
        Column("valid_to", _("The last day of leading."), parse=day),
    )

    def rows(self, viewer: Viewer) -> Iterable[BusLeader]:
        return queries.leaders(viewer).order_by("bus__key", "account__email")

    def cells(self, record: BusLeader) -> Cells:
        names = ("vetted_on", "vetted_until", "valid_from", "valid_to")
        return {
            "bus": record.bus.key,
            "account": record.account.email,
            **{name: getattr(record, name) for name in names},
        }

    def find(self, values: Values, context: ImportContext) -> BusLeader | None:
        rows = queries.leaders(context.by).filter(bus=bus_of(values, context))
        return rows.filter(account=account_of(values, context)).first()

    def write(self, values: Values, there: Any, context: ImportContext) -> None:
        actions.keep_leader(
            bus_id=bus_of(values, context).pk,
            account_id=account_of(values, context),
            vetted_on=values.get("vetted_on"),
            vetted_until=values.get("vetted_until"),
            valid_from=values["valid_from"],
            valid_to=values.get("valid_to"),
            **acting(context),
        )


@register
class BusRuns(RouteTable):
    """Walks of buses with their headcounts."""

    key = "bus-walks"
    title = _("Walks of walking school buses")
    description = _("Each walk with how many pupils came, and the accounts that led. Heads, never names.")
    export_permission = "routes.lead"
    columns = (
        bus_column(),
        Column("day", _("The day."), required=True, parse=day, example="2012-09-05"),
        Column("direction", _("Arrival or departure."), parse=one_of(Direction.choices), example="arrival"),
        Column(
            "pupils", _("How many walked along."), required=True, parse=whole_number(0, 200), example="14"
        ),
        Column(
            "leaders",
            _("E-mail addresses of who led, with commas between."),
            example="lead@example.org",
        ),
        Column("note", _("No names of people."), parse=text_up_to(200)),
    )

    def rows(self, viewer: Viewer) -> Iterable[BusRun]:
        rows = queries.runs(viewer).prefetch_related("leaders__account")
        return rows.order_by("bus__key", "day", "direction")

    def cells(self, record: BusRun) -> Cells:
        names = ("day", "direction", "pupils", "note")
        led = sorted(leader.account.email for leader in record.leaders.all())
        return {
            "bus": record.bus.key,
            "leaders": ",".join(led),
            **{name: getattr(record, name) for name in names},
        }

    def find(self, values: Values, context: ImportContext) -> BusRun | None:
        rows = queries.runs(context.by).filter(bus=bus_of(values, context), day=values["day"])
        return rows.filter(direction=values.get("direction") or Direction.ARRIVAL).first()

    def write(self, values: Values, there: Any, context: ImportContext) -> None:
        bus = bus_of(values, context)
        addresses = [part.strip().lower() for part in (values.get("leaders") or "").split(",")]
        wanted = {address for address in addresses if address}
        rows = queries.leaders(context.by).filter(bus=bus).select_related("account")
        by_address = {leader.account.email.lower(): leader.pk for leader in rows}
        if wanted - by_address.keys():
            raise NotThere("leaders")
        actions.keep_run(
            bus_id=bus.pk,
            day=values["day"],
            pupils=values["pupils"],
            leader_ids=sorted(by_address[address] for address in wanted),
            **filled(values, "direction", "note"),
            **acting(context),
        )
