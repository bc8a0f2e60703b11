"""Referrals, in and out. What goes out is what its reader may read, each row on the record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.db.models import Q
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from schoolward.domains.cases import actions
from schoolward.domains.cases.actions.receipts import sealed_one
from schoolward.domains.cases.models import Language, ReachBy, Referral, Relation, Youth
from schoolward.domains.cases.states import Need
from schoolward.domains.programs.queries import programs
from schoolward.platform.access.disclosing import read
from schoolward.platform.access.identifiers import explain
from schoolward.platform.access.models import Agency
from schoolward.platform.access.policy import mask
from schoolward.platform.access.refusal import Refusal
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within
from schoolward.platform.exchange.columns import Column, day, one_of, own_words
from schoolward.platform.exchange.registry import Exchange, ImportContext, Row, register

_COLUMNS: tuple[Column, ...] = (
    Column(
        "reference",
        _("Your own number of the referral; again it changes nothing, and a row that differs is told."),
        True,
        own_words(60),
        example="2012-17",
    ),
    Column("legal_name", _("Name as it stands at school."), True, own_words(200), example="Invented Person"),
    Column("born_on", _("Date of birth."), True, day, example="1998-03-01"),
    Column("need", _("What it is about."), True, one_of(Need.choices), example="attendance"),
    Column("referred_on", _("The day of the referral."), True, day, example="2012-09-03"),
    Column("student_number", _("The district's number."), parse=own_words(20)),
    Column("home_language", _("Language at home."), parse=one_of(Language.choices), example="es"),
    Column("guardian_name", _("Who cares for them."), parse=own_words(200)),
    Column("relation", _("What that person is to them."), parse=one_of(Relation.choices)),
    Column("reach_by", _("Best way to reach them."), parse=one_of(ReachBy.choices)),
    Column("reach_at", _("Telephone or address."), parse=own_words(160)),
    Column("program", _("Short name of the program, if one is chosen."), parse=own_words(60)),
)
_OURS = "no-"
"""What the reference of a referral begins with that went out from here; brought in again it is the same."""
_COLUMN_OF = {"local_number": "student_number", "program_id": "program", "on": "referred_on"}
_OUT = ("state", "told", "contacted_on", "consented_on", "started_on", "ended_on", "end_reason")


@register
class Referrals(Exchange):
    """Referrals that were made elsewhere; out go those that the reader may read, field by field."""

    key = "referrals"
    about_young_people = True
    title = _("Referrals")
    description = _(
        "Made again by their reference. Nothing about health, offences, papers or gangs has a column."
    )
    columns = _COLUMNS
    permission = "cases.import"
    export_permission = "cases.view"
    ignores = frozenset(name.replace("_", "") for name in ("number", *_OUT))

    def apply_rows(self, rows: Iterable[Row], context: ImportContext) -> None:
        """Refer each. A reference that is there already changes nothing; a row that differs is told of."""
        for row in rows:
            try:
                self._refer(row, context)
            except Refusal as refusal:
                column = _COLUMN_OF.get(refusal.field, refusal.field) or "reference"
                value = row.cells.get(column, "")
                # What must not be kept is not kept in the report of the import either.
                shown = _t("(left out)") if explain(str(value)) else value
                context.report.reject(row.number, column, shown, _t("cannot be taken"), str(refusal))

    def _refer(self, row: Row, context: ImportContext) -> None:
        values = row.values
        program = None
        if values.get("program"):
            program = programs(context.by).filter(key=values["program"]).first()
            if program is None:
                context.reject(row, "program", _t("is no program"), _t("Write its short name."))
                return
        if values["referred_on"] > context.at.date():
            context.reject(row, "referred_on", _t("has not come yet"), _t("Look at the year."))
            return
        receipt = uuid5(
            NAMESPACE_URL, f"referral:{context.by.agency_id or self._home()}:{values['reference']}"
        )
        with within(actions.as_system(context.by)):
            there = Q(receipt=receipt)
            if values["reference"].startswith(_OURS) and values["reference"][len(_OURS) :].isdigit():
                there |= Q(pk=int(values["reference"][len(_OURS) :][:18]))
            there &= Q(agency=context.by.agency_id or self._home())
            held = Referral.objects.select_related("youth", "named_program", "program")
            found = held.filter(there).first() or sealed_one(Referral, there, by=context.by)
            if found is not None:
                self._held_against(found, row, context)
                return
        actions.refer(
            booking=actions.Booking(
                legal_name=values["legal_name"],
                born_on=values["born_on"],
                need=values["need"],
                local_number=values.get("student_number") or "",
                home_language=values.get("home_language") or Language.ENGLISH,
                guardian_name=values.get("guardian_name") or "",
                relation=values.get("relation") or Relation.PARENT,
                reach_by=values.get("reach_by") or ReachBy.CALL,
                reach_at=values.get("reach_at") or "",
                program_id=program.pk if program else None,
                receipt=receipt,
            ),
            on=values["referred_on"],
            by=context.by,
            at=context.at,
        )
        context.report.created += 1

    def _held_against(self, found: Referral, row: Row, context: ImportContext) -> None:
        """Count a row whose referral is there already, or say in which columns it differs.

        What stands there is not repeated: whoever brings the row in may have no relation to that child. The
        same file is answered alike before a seal and after it, and makes no sealed child anew.
        """
        told, youth = row.values, found.youth
        programs_of = {one.key for one in (found.named_program, found.program) if one is not None}
        same = {
            "legal_name": _plain(told["legal_name"]) == _plain(youth.legal_name),
            "born_on": told["born_on"] == youth.born_on,
            "need": told["need"] == found.need,
            "referred_on": told["referred_on"] == found.referred_on,
            "student_number": (told.get("student_number") or youth.local_number) == youth.local_number,
            "home_language": (told.get("home_language") or youth.home_language) == youth.home_language,
            "program": not told.get("program") or told["program"] in programs_of,
        }
        differing = [column for column, is_same in same.items() if not is_same]
        if not differing:
            context.report.unchanged += 1
        elif found.sealed_at is not None or {"legal_name", "born_on"} <= set(differing):
            # Of a sealed one it is not told in what it differs, nor that it is sealed.
            context.reject(
                row,
                "reference",
                _t("is the reference of another young person's referral"),
                _t("Give this referral a reference of its own."),
            )
        else:
            context.reject(
                row,
                differing[0],
                _t("differs from the referral that has this reference: %(columns)s")
                % {"columns": ", ".join(differing)},
                _t(
                    "An import changes no referral: set it right on its page, or give this one a new "
                    "reference."
                ),
            )

    def _home(self) -> int:
        found = Agency.objects.filter(kind="district").order_by("created_at", "pk").first()
        return found.pk if found else 0

    def export_rows(self, viewer: Viewer) -> Iterable[Sequence[object]]:
        """The rows that the viewer may read, empty where a field is not open to them."""
        rows = Referral.objects.select_related("program").order_by("pk")
        found = [row for row in read(rows, viewer) if "youth" in mask(row, viewer)]
        youths = read(Youth.objects.filter(pk__in={row.youth_id for row in found}), viewer)
        known = {youth.pk: youth for youth in youths}
        for row in found:
            youth: Any = known.get(row.youth_id)
            yield (
                f"{_OURS}{row.pk}",
                youth.legal_name if youth else "",
                youth.born_on if youth else "",
                row.need or "",
                row.referred_on or "",
                (youth.local_number or "") if youth else "",
                (youth.home_language or "") if youth else "",
                "",
                "",
                "",
                "",
                row.program.key if row.program else "",
            )


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
