"""The attendance center in and out: visits, the looks that follow them, and what was done about truancy."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, time
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from schoolward.analysis.attendance import STEPS
from schoolward.domains.cases.actions import centre as actions
from schoolward.domains.cases.actions.correcting_releases import correct_release
from schoolward.domains.cases.actions.receipts import sealed_one
from schoolward.domains.cases.actions.truancy import note_deed
from schoolward.domains.cases.exchange.students import (
    OURS,
    STUDENT_NUMBER,
    YOUTH,
    acting,
    each,
    moment,
    ours,
    receipt_of,
    who,
    written,
    youth_of,
    youths_of,
)
from schoolward.domains.cases.models import (
    Attending,
    BroughtBy,
    Cause,
    CentreVisit,
    DeedKind,
    FromWhere,
    LegalBasis,
    ReleaseCorrection,
    ReleasedTo,
    TruancyDeed,
    VisitFollowUp,
)
from schoolward.platform.access.disclosing import read
from schoolward.platform.access.policy import visible
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within
from schoolward.platform.exchange.columns import Column, day, one_of, own_words, whole_number, yes_no
from schoolward.platform.exchange.registry import Exchange, ImportContext, Row, register

_REFERENCE = Column(
    "visit", _("Your own number of the visit; again it is the same."), True, own_words(60), example="2012-17"
)


def _visit(reference: str, by: Viewer) -> CentreVisit | None:
    """The visit of a reference, ours or the importer's own."""
    with within(by):
        rows = visible(CentreVisit.objects.all(), by)
        if (number := ours(reference)) is not None:
            return rows.filter(pk=number).first()
        return rows.filter(receipt=receipt_of("visit", reference, by)).first()


def _is_sealed(reference: str, by: Viewer) -> bool:
    """Whether a reference of the importer's agency is that of a visit that is sealed."""
    number = ours(reference)
    named = Q(receipt=receipt_of("visit", reference, by)) if number is None else Q(pk=number)
    return sealed_one(CentreVisit, named & Q(agency=by.agency_id or 0), by=by) is not None


@register
class CentreVisits(Exchange):
    """Visits to the attendance center: who came, brought by whom, why, and where they went."""

    key = "centre-visits"
    about_young_people = True
    title = _("Visits to the attendance center")
    description = _(
        "A visit is made once by its number, with its looks at 30, 60 and 90 days; brought in again it only "
        "gains what was not known: the cause, the end, when a parent was told. Where they went is set right "
        "by a row that says what was wrong."
    )
    columns = (
        _REFERENCE,
        Column(
            "legal_name", _("Name as it stands at school."), parse=own_words(200), example="Invented Person"
        ),
        Column("born_on", _("Date of birth."), parse=day, example="1998-03-01"),
        STUDENT_NUMBER,
        Column("arrived_at", _("When they came."), True, moment, example="2012-09-05 09:15"),
        Column("brought_by", _("Who came with them."), True, one_of(BroughtBy.choices), example="officer"),
        Column(
            "from_where", _("From what kind of place; never an address."), parse=one_of(FromWhere.choices)
        ),
        Column("legal_basis", _("On what ground."), parse=one_of(LegalBasis.choices)),
        Column("cause", _("What keeps them from school."), parse=one_of(Cause.choices)),
        Column("left_at", _("When they left."), parse=moment, example="2012-09-05 11:00"),
        Column("released_to", _("Where they went."), parse=one_of(ReleasedTo.choices), example="school"),
        Column(
            "correction",
            _("What was wrong with where they went; with it, released_to is set right."),
            parse=own_words(300),
        ),
        Column("parent_told_at", _("Released to an officer: when the parent was told."), parse=moment),
        Column("notice_exempt", _("Released to an officer: no notice is due."), parse=yes_no),
    )
    permission = "centre.keep"
    export_permission = "centre.view"

    def apply_rows(self, rows: Iterable[Row], context: ImportContext) -> None:
        """Receive, and say what is known since. Raises nothing: a bad row is rejected."""
        by = acting(context.by)
        columns = {"": "visit", "local_number": "student_number", "guardian": "legal_name"}
        each(rows, context, lambda row: self._take(row, by, context), columns)

    def _take(self, row: Row, by: Viewer, context: ImportContext) -> None:
        values = row.values
        if not self._is_fit(row, context):
            return
        visit, is_new = _visit(values["visit"], by), False
        if visit is None and _is_sealed(values["visit"], by):
            # As before the seal: the same file changes nothing, and makes no sealed child anew.
            context.report.unchanged += 1
            return
        if visit is None:
            if ours(values["visit"]) is not None:
                context.reject(row, "visit", _t("is no visit here"), _t("Write your own number of it."))
                return
            if not values.get("legal_name") or not values.get("born_on"):
                column = "born_on" if values.get("legal_name") else "legal_name"
                context.reject(row, column, _t("is blank"), _t("A new visit needs name and date of birth."))
                return
            visit, is_new = self._receive(values, by), True
        changed = self._later(visit, values, by)
        if is_new:
            context.report.created += 1
        elif changed:
            context.report.updated += 1
        else:
            context.report.unchanged += 1

    def _is_fit(self, row: Row, context: ImportContext) -> bool:
        values, ahead = row.values, _t("lies ahead")
        for name in ("arrived_at", "left_at", "parent_told_at"):
            if values.get(name) and values[name] > context.at:
                context.reject(row, name, ahead, _t("Look at the year."))
                return False
        if bool(values.get("left_at")) != bool(values.get("released_to")):
            column = "released_to" if values.get("left_at") else "left_at"
            context.reject(row, column, _t("is blank"), _t("Whoever left went somewhere: write both."))
            return False
        if values.get("left_at") and values["left_at"] < values["arrived_at"]:
            context.reject(row, "left_at", _t("lies before the arrival"), _t("Look at both times."))
            return False
        told = values.get("parent_told_at") or values.get("notice_exempt")
        if told and values.get("released_to") != ReleasedTo.OFFICER:
            column = "parent_told_at" if values.get("parent_told_at") else "notice_exempt"
            context.reject(
                row,
                column,
                _t("goes with a release to an officer"),
                _t("Leave it blank, or mend released_to."),
            )
            return False
        return True

    def _receive(self, values: Any, by: Viewer) -> CentreVisit:
        return actions.receive(
            who=actions.Newcomer(
                legal_name=values["legal_name"],
                born_on=values["born_on"],
                local_number=values.get("student_number") or "",
            ),
            receipt=receipt_of("visit", values["visit"], by),
            brought_by=values["brought_by"],
            from_where=values.get("from_where") or FromWhere.OTHER,
            legal_basis=values.get("legal_basis") or "",
            by=by,
            at=values["arrived_at"],
        )

    def _later(self, visit: CentreVisit, values: Any, by: Viewer) -> bool:
        """What is told of a visit after it began. Whatever was said already stays."""
        changed = False
        if values.get("cause") and not visit.cause:
            visit = actions.set_cause(visit_id=visit.pk, cause=values["cause"], by=by, at=by.at)
            changed = True
        if values.get("left_at") and visit.left_at is None:
            visit = actions.release(
                visit_id=visit.pk, released_to=values["released_to"], by=by, at=values["left_at"]
            )
            changed = True
        elif values.get("correction") and values.get("released_to") not in ("", None, visit.released_to):
            correct_release(
                visit_id=visit.pk,
                released_to=values["released_to"],
                reason=values["correction"],
                by=by,
                at=by.at,
            )
            with within(by):
                visit.refresh_from_db()
            changed = True
        exempt, told = bool(values.get("notice_exempt")), values.get("parent_told_at")
        if (exempt or told) and visit.parent_told_at is None and not visit.notice_exempt:
            actions.tell_parent(visit_id=visit.pk, is_exempt=exempt, by=by, at=told or by.at)
            changed = True
        return changed

    def export_rows(self, viewer: Viewer) -> Iterable[Sequence[object]]:
        """The visits of the viewer's caseload, each reading on the record."""
        rows = read(CentreVisit.objects.order_by("pk"), viewer)
        known = youths_of(viewer, rows)
        wrong = {one.visit_id: one.reason for one in read(ReleaseCorrection.objects.order_by("at"), viewer)}
        for row in rows:
            youth = known.get(row.youth_id)
            yield (
                f"{OURS}{row.pk}",
                youth.legal_name if youth else "",
                youth.born_on if youth else "",
                youth.local_number if youth else "",
                written(row.arrived_at),
                row.brought_by,
                row.from_where,
                row.legal_basis,
                row.cause,
                written(row.left_at),
                row.released_to,
                wrong.get(row.pk, ""),
                written(row.parent_told_at),
                "yes" if row.notice_exempt else "",
            )


@register
class CentreFollowUps(Exchange):
    """The looks at attendance 30, 60 and 90 days after a visit, and what they found."""

    key = "centre-follow-ups"
    about_young_people = True
    title = _("Looks at attendance after visits")
    description = _("Bring in what a look found; a look that was made stays as it was said.")
    columns = (
        _REFERENCE,
        Column("days", _("30, 60 or 90."), True, whole_number(min(STEPS), max(STEPS)), example="30"),
        Column("due_on", _("Its day; the system sets it."), parse=day),
        Column("done_on", _("When it was done."), parse=day, example="2012-09-05"),
        Column("found", _("What it found."), parse=one_of(Attending.choices), example="yes"),
    )
    permission = "centre.keep"
    export_permission = "centre.view"

    def apply_rows(self, rows: Iterable[Row], context: ImportContext) -> None:
        """Say what each look found."""
        by = acting(context.by)
        each(rows, context, lambda row: self._take(row, by, context), {"": "days"})

    def _take(self, row: Row, by: Viewer, context: ImportContext) -> None:
        values = row.values
        visit = _visit(values["visit"], by)
        if visit is None:
            context.reject(row, "visit", _t("is no visit in your caseload"), _t("Bring in the visit first."))
            return
        with within(by):
            look = visible(VisitFollowUp.objects.all(), by).filter(visit=visit, days=values["days"]).first()
        if look is None:
            context.reject(row, "days", _t("is no look of this visit"), _t("Write 30, 60 or 90."))
            return
        done, found = values.get("done_on"), values.get("found") or ""
        if bool(done) != bool(found):
            context.reject(
                row, "found" if done else "done_on", _t("is blank"), _t("Write both, or none of the two.")
            )
        elif done and done > timezone.localdate(context.at):
            context.reject(row, "done_on", _t("lies ahead"), _t("Look at the year."))
        elif not done or (look.done_on, look.found) == (done, found):
            context.report.unchanged += 1
        else:
            noon = datetime.combine(done, time(12), tzinfo=timezone.get_default_timezone())
            actions.follow_up(follow_up_id=look.pk, found=found, by=by, at=noon)
            context.report.updated += 1

    def export_rows(self, viewer: Viewer) -> Iterable[Sequence[object]]:
        """The looks of the viewer's caseload, by their day."""
        for row in read(VisitFollowUp.objects.order_by("due_on", "pk"), viewer):
            yield f"{OURS}{row.visit_id}", row.days, row.due_on, row.done_on or "", row.found


@register
class TruancyDeeds(Exchange):
    """What was done about truancy: reports, notices, conferences, the review board."""

    key = "truancy-notices"
    about_young_people = True
    title = _("What was done about truancy")
    description = _(
        "Reports, notices to parents, conferences, and referrals to the review board, each once a student "
        "and day. Nothing of it is changed later."
    )
    columns = (
        YOUTH,
        STUDENT_NUMBER,
        Column("kind", _("What was done."), True, one_of(DeedKind.choices), example="notice"),
        Column("on", _("Its day."), True, day, example="2012-09-05"),
    )
    permission = "centre.keep"
    export_permission = "centre.view"

    def apply_rows(self, rows: Iterable[Row], context: ImportContext) -> None:
        """Note each, once."""
        by = acting(context.by)
        each(rows, context, lambda row: self._take(row, by, context), {"": "kind"})

    def _take(self, row: Row, by: Viewer, context: ImportContext) -> None:
        youth = youth_of(row, context)
        if youth is None:
            return
        told = {"youth_id": youth, "kind": row.values["kind"], "on": row.values["on"]}
        with within(by):
            is_there = visible(TruancyDeed.objects.filter(**told), by).exists()
        note_deed(**told, by=by, at=context.at)
        if is_there:
            context.report.unchanged += 1
        else:
            context.report.created += 1

    def export_rows(self, viewer: Viewer) -> Iterable[Sequence[object]]:
        """What was done in the viewer's caseload, by day."""
        rows = read(TruancyDeed.objects.order_by("on", "pk"), viewer)
        known = youths_of(viewer, rows)
        for row in rows:
            yield *who(known.get(row.youth_id)), row.kind, row.on
