"""Seats at class days and tracked months, in and out. Both name a referral by its number, and no person but
the parent who comes along."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from schoolward.domains.cases.actions import seats
from schoolward.domains.cases.actions.outreach import track_month
from schoolward.domains.cases.actions.recording import as_system
from schoolward.domains.cases.exchange.row_tables import (
    CREATED,
    OURS,
    UNCHANGED,
    UPDATED,
    NotThere,
    RowTable,
    a_month,
    our_number,
)
from schoolward.domains.cases.models import (
    MISSED,
    SETTLED,
    Area,
    ClassSeat,
    Going,
    Guardian,
    MonthlyTrack,
    Referral,
    SeatState,
    WhyFreed,
)
from schoolward.domains.programs.queries import offerings
from schoolward.platform.access.disclosing import read
from schoolward.platform.access.permissions import check
from schoolward.platform.access.policy import visible
from schoolward.platform.access.refusal import Refusal
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within
from schoolward.platform.exchange.columns import Column, one_of, own_words
from schoolward.platform.exchange.registry import ImportContext, register

_REFERRAL = Column(
    "referral", _("Number of the referral, as the page shows it."), True, our_number, example="no-123"
)


def _referral(pk: int, by: Viewer) -> Referral:
    with within(by):
        found = visible(Referral.objects.select_related("program").filter(pk=pk), by).first()
    if found is None:
        raise NotThere("referral")
    return found


@register
class ClassSeats(RowTable):
    """Seats at class days."""

    key = "class-seats"
    about_young_people = True
    title = _("Seats at class days")
    description = _("Who has a seat with which parent, and what became of it. Sent again it changes nothing.")
    permission = "cases.keep"
    export_permission = "cases.view"
    called = {"offering_id": "class", "guardian_id": "guardian", "why": "why_freed"}
    ignores = frozenset({"offeredon", "confirmedon", "settledon"})
    columns = (
        _REFERRAL,
        Column("class", _("The class: program and number."), True, own_words(80), example="project-save-4"),
        Column(
            "guardian",
            _("Who comes along, as on the young person's page."),
            True,
            own_words(200),
            example="Invented Parent",
        ),
        Column(
            "state",
            _("Where it stands. Blank asks for the seat."),
            parse=one_of(SeatState.choices),
            example="offered",
        ),
        Column("why_freed", _("Why it was given back."), parse=one_of(WhyFreed.choices)),
    )

    def take(self, values: Any, context: ImportContext) -> str:
        """Ask for the seat, and bring it as far as the row says."""
        by, at = context.by, context.at
        referral = _referral(values["referral"], by)
        offering = _class(values["class"], by)
        with within(by):
            adults = visible(Guardian.objects.filter(youth=referral.youth_id), by)
            guardian = adults.filter(name__iexact=values["guardian"]).order_by("pk").first()
            there = visible(ClassSeat.objects.filter(referral=referral, offering=offering), by)
            before = there.order_by("pk").last()
        if guardian is None:
            raise NotThere("guardian")
        wanted = values.get("state") or ""
        if before is not None and before.state == SeatState.FREED and wanted == SeatState.FREED:
            return UNCHANGED
        seat = (
            before
            if before is not None and before.state != SeatState.FREED
            else seats.ask_for_seat(
                referral_id=referral.pk, offering_id=offering, guardian_id=guardian.pk, by=by, at=at
            )
        )
        after = self._bring(seat, wanted, values, context)
        if before is None or before.pk != seat.pk:
            return CREATED
        return UNCHANGED if after == before.state else UPDATED

    def _bring(self, seat: ClassSeat, wanted: str, values: Any, context: ImportContext) -> str:
        who: dict[str, Any] = {"seat_id": seat.pk, "by": context.by, "at": context.at}
        if wanted in SETTLED:
            return str(seats.settle_seat(state=wanted, **who).state)
        if seat.state in (SeatState.CAME, *MISSED):
            if wanted:
                raise Refusal(_t("It is on record what became of it."), field="state")
            return seat.state
        if wanted == SeatState.CONFIRMED:
            return str(seats.confirm_seat(**who).state)
        if wanted == SeatState.FREED:
            return str(seats.free_seat(why=values.get("why_freed") or "", **who).state)
        return seat.state

    def export_rows(self, viewer: Viewer) -> Iterable[Sequence[object]]:
        """The seats that the viewer may read, empty where a field is not open to them."""
        check(viewer, self.export_permission)
        rows = read(_known(ClassSeat.objects.select_related("offering__program")).order_by("pk"), viewer)
        wanted = {row.guardian_id for row in rows}
        adults = {one.pk: one for one in read(Guardian.objects.filter(pk__in=wanted).order_by("pk"), viewer)}
        for row in rows:
            adult = adults.get(row.guardian_id)
            yield (
                f"{OURS}{row.referral_id}",
                row.offering.reference if row.offering_id else "",
                (adult.name or "") if adult else "",
                row.state or "",
                row.why_freed or "",
            )


def _known(rows: Any) -> Any:
    """Rows about young people who are not sealed: what is sealed goes out nowhere."""
    return rows.filter(youth__sealed_at__isnull=True)


def _class(reference: str, by: Viewer) -> int:
    key, _dash, digits = reference.rpartition("-")
    if not digits.isdigit() or len(digits) > 9:
        raise NotThere("class")
    found = offerings(by).filter(program__key=key, number=int(digits)).first()
    if found is None:
        raise NotThere("class")
    return found.pk


def _area(area: Area) -> Column:
    return Column(
        str(area),
        _("How it goes in this area beside the time when they began."),
        True,
        one_of(Going.choices),
        example="better",
    )


@register
class Months(RowTable):
    """Months of programs that are tracked in four areas."""

    key = "monthly-tracking"
    about_young_people = True
    title = _("Monthly tracking")
    description = _("Four words a month for each referral. Nothing of what happened has a column.")
    permission = "cases.deliver"
    export_permission = "cases.view"
    columns = (
        _REFERRAL,
        Column("month", _("The month."), True, a_month, example="2012-08"),
        *(_area(area) for area in Area),
    )

    def take(self, values: Any, context: ImportContext) -> str:
        """Write the month down."""
        referral = _referral(values["referral"], context.by)
        with within(as_system(context.by)):
            kept = MonthlyTrack.objects.filter(referral=referral.pk, month=values["month"])
            before = kept.values_list(*map(str, Area)).first()
        made = track_month(
            referral_id=referral.pk,
            month=values["month"],
            going={str(area): values[area] for area in Area},
            by=context.by,
            at=context.at,
        )
        if before is None:
            return CREATED
        return UNCHANGED if before == tuple(str(getattr(made, area)) for area in Area) else UPDATED

    def export_rows(self, viewer: Viewer) -> Iterable[Sequence[object]]:
        """The months that the viewer may read."""
        check(viewer, self.export_permission)
        for row in read(_known(MonthlyTrack.objects.all()).order_by("referral", "month", "pk"), viewer):
            month = row.month.strftime("%Y-%m") if row.month else ""
            yield (f"{OURS}{row.referral_id}", month, *(getattr(row, area) or "" for area in Area))
