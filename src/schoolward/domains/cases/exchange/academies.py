"""Students of academies and their hours of service, in and out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from schoolward.domains.cases.actions import academies
from schoolward.domains.cases.actions.newcomers import Newcomer
from schoolward.domains.cases.actions.recording import as_system
from schoolward.domains.cases.exchange.row_tables import (
    CREATED,
    OURS,
    UNCHANGED,
    UPDATED,
    NotThere,
    RowTable,
    our_number,
)
from schoolward.domains.cases.models import (
    AcademyCohort,
    AcademyMember,
    HoursState,
    Language,
    LeftAs,
    ServiceHours,
    ServiceKind,
    ToldBy,
    Youth,
)
from schoolward.platform.access.disclosing import read
from schoolward.platform.access.permissions import check
from schoolward.platform.access.policy import visible
from schoolward.platform.access.refusal import Refusal
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within
from schoolward.platform.exchange.columns import CellError, Column, day, number, one_of, own_words
from schoolward.platform.exchange.registry import ImportContext, register

_COHORT = Column(
    "cohort",
    _("The cohort: short name of the site and year of entry."),
    True,
    own_words(80),
    example="oak-high-2012",
)


def _cohort(reference: str, by: Viewer) -> AcademyCohort:
    slug, _dash, year = reference.rpartition("-")
    rows = AcademyCohort.objects.select_related("campus").filter(campus__slug=slug)
    found = rows.filter(entered_on__year=int(year)).first() if re.fullmatch(r"\d{4}", year) else None
    if found is None:
        raise NotThere("cohort")
    return found


@register
class Students(RowTable):
    """Students of academies."""

    key = "academy-students"
    about_young_people = True
    title = _("Students of academies")
    description = _("Who is in which cohort, and who left it how: a whole class at once.")
    permission = "academies.keep"
    export_permission = "academies.view"
    called = {"local_number": "student_number", "member_id": "legal_name"}
    ignores = frozenset({"student"})
    columns = (
        _COHORT,
        Column(
            "legal_name", _("Name as it stands at school."), True, own_words(200), example="Invented Person"
        ),
        Column("born_on", _("Date of birth."), True, day, example="1997-03-01"),
        Column("joined_on", _("The day on which they joined."), True, day, example="2012-08-27"),
        Column("student_number", _("The district's number."), parse=own_words(20)),
        Column("home_language", _("Language at home."), parse=one_of(Language.choices), example="en"),
        Column("left_on", _("The day on which they left."), parse=day),
        Column("left_as", _("How they left."), parse=one_of(LeftAs.choices)),
    )

    def take(self, values: Any, context: ImportContext) -> str:
        """Take the student in, and say that they left where the row does."""
        cohort = _cohort(values["cohort"], context.by)
        if bool(values.get("left_on")) != bool(values.get("left_as")):
            raise Refusal(
                _t("A student who left has a day and a way: write both, or neither."), field="left_on"
            )
        who = Newcomer(
            legal_name=values["legal_name"],
            born_on=values["born_on"],
            local_number=values.get("student_number") or "",
            home_language=values.get("home_language") or Language.ENGLISH,
        )
        with within(as_system(context.by)):
            count = AcademyMember.objects.filter(cohort=cohort).count()
        member = academies.join(
            cohort_id=cohort.pk, who=who, joined_on=values["joined_on"], by=context.by, at=context.at
        )
        with within(as_system(context.by)):
            is_new = AcademyMember.objects.filter(cohort=cohort).count() > count
        had_left = member.left_on is not None
        if values.get("left_on"):
            academies.leave(
                member_id=member.pk,
                left_on=values["left_on"],
                left_as=values["left_as"],
                by=context.by,
                at=context.at,
            )
        if is_new:
            return CREATED
        return UPDATED if values.get("left_on") and not had_left else UNCHANGED

    def export_rows(self, viewer: Viewer) -> Iterable[Sequence[object]]:
        """The students whom the viewer has to do with."""
        check(viewer, self.export_permission)
        rows = read(AcademyMember.objects.select_related("cohort__campus").order_by("cohort", "pk"), viewer)
        youths = _youths(viewer, (row.youth_id for row in rows))
        for row in rows:
            youth = youths.get(row.youth_id)
            if youth is not None:
                yield (
                    row.cohort.reference,
                    youth.legal_name or "",
                    youth.born_on or "",
                    row.joined_on,
                    youth.local_number or "",
                    youth.home_language or "",
                    row.left_on or "",
                    row.left_as or "",
                )


def _youths(viewer: Viewer, pks: Iterable[int]) -> dict[int, Youth]:
    rows = Youth.objects.filter(pk__in=set(pks)).order_by("pk")
    return {youth.pk: youth for youth in read(rows, viewer)}


def quarters(cell: str) -> Decimal:
    """Read hours in quarters: 1.25, 2."""
    parse: Callable[[str], Decimal] = number(0.25, 12, decimals=2)
    hours = parse(cell)
    if (hours * 4) % 1:
        raise CellError(_t("is no quarter of an hour"), _t("Write quarters, such as 1.25 or 2."))
    return hours


@register
class Service(RowTable):
    """Hours of service of students of academies."""

    key = "service-hours"
    about_young_people = True
    title = _("Hours of service")
    description = _("Service of students of academies. What comes in waits for somebody else's approval.")
    permission = "academies.log"
    export_permission = "academies.view"
    called = {"minutes": "hours", "receipt": "reference"}
    columns = (
        Column(
            "reference",
            _("Your own number of the entry; again it changes nothing."),
            True,
            own_words(60),
            example="slip-17",
        ),
        Column(
            "student",
            _("Number of the student in the academy, as its page shows."),
            True,
            our_number,
            example="no-123",
        ),
        Column("on", _("The day."), True, day, example="2012-09-01"),
        Column("hours", _("Hours, in quarters."), True, quarters, example="2.5"),
        Column("kind", _("What it was."), True, one_of(ServiceKind.choices), example="parks"),
        Column("told_by", _("Who told of it."), True, one_of(ToldBy.choices), example="student"),
        Column(
            "state",
            _("Written out, not read in: whether somebody approved it."),
            parse=one_of(HoursState.choices),
        ),
    )

    def take(self, values: Any, context: ImportContext) -> str:
        """Write the hours down."""
        by = context.by
        with within(by):
            if not visible(AcademyMember.objects.filter(pk=values["student"]), by).exists():
                raise NotThere("student")
        reference = values["reference"]
        receipt = uuid5(NAMESPACE_URL, f"service:{values['student']}:{reference}")
        with within(as_system(by)):
            there = ServiceHours.objects.filter(member=values["student"])
            known = there.filter(receipt=receipt).exists() or (
                reference.startswith(OURS)
                and reference[len(OURS) :].isdigit()
                and there.filter(pk=int(reference[len(OURS) :][:18])).exists()
            )
        if known:
            return UNCHANGED
        academies.log_hours(
            member_id=values["student"],
            on=values["on"],
            minutes=int(values["hours"] * 60),
            kind=values["kind"],
            told_by=values["told_by"],
            receipt=receipt,
            by=by,
            at=context.at,
        )
        return CREATED

    def export_rows(self, viewer: Viewer) -> Iterable[Sequence[object]]:
        """The hours of students whom the viewer has to do with."""
        check(viewer, self.export_permission)
        for row in read(
            ServiceHours.objects.filter(youth__sealed_at__isnull=True).order_by("on", "pk"), viewer
        ):
            yield (
                f"{OURS}{row.pk}",
                f"{OURS}{row.member_id}",
                row.on,
                Decimal(row.minutes) / 60,
                row.kind,
                row.told_by,
                row.state,
            )
