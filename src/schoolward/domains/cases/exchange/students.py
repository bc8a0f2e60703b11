"""Whom a row is about: the young people of the caseload, by their number here or at school."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from schoolward.domains.cases.models import Youth
from schoolward.platform.access.disclosing import read
from schoolward.platform.access.models import Agency
from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.policy import mask, visible
from schoolward.platform.access.refusal import Refusal
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within
from schoolward.platform.exchange.columns import CellError, Column, own_words
from schoolward.platform.exchange.registry import ImportContext, Row
from schoolward.protocols.attendance import student_key

OURS = "no-"
"""What the number of a row begins with that went out from here; brought in again it is the same row."""
YOUTH = Column(
    "youth",
    _("The number of the young person here, as an export writes it; else the student number."),
    parse=own_words(24),
    example="no-412345678901",
)
STUDENT_NUMBER = Column(
    "student_number", _("The district's number of the student."), parse=own_words(20), example="9900017"
)


def numbers(viewer: Viewer) -> dict[str, list[int]]:
    """The young people whom the viewer stands by, by student number; those without one are left out."""
    found: dict[str, tuple[str, list[int]]] = {}
    with within(viewer):
        held = visible(Youth.objects.exclude(local_number=""), viewer)
        for youth in held.order_by("pk"):
            # Who only delivers a program to them sees a part of the record, and keeps none of it.
            if "coordinator" in mask(youth, viewer):
                number = youth.local_number
                found.setdefault(student_key(number), (number, []))[1].append(youth.pk)
    return dict(found.values())


def youth_of(row: Row, context: ImportContext) -> int | None:
    """The young person of a row, by ``youth`` or ``student_number``; ``None`` once the row is rejected.

    Whoever is in no caseload of the importer's is not told from somebody who is not there at all.
    """
    told = ours(row.values.get("youth") or "")
    if told is not None:
        with within(context.by):
            youth = visible(Youth.objects.filter(pk=told), context.by).first()
        if youth is not None:
            return youth.pk
    number = row.values.get("student_number") or ""
    known: dict[str, list[int]] = context.memory.setdefault("students", {})
    if not known:
        known.update({student_key(name): youths for name, youths in numbers(context.by).items()})
    youths = known.get(student_key(number), []) if number else []
    if len(youths) == 1:
        return youths[0]
    if len(youths) > 1:
        context.reject(
            row,
            "student_number",
            _t("is the number of %(count)d records in the caseload") % {"count": len(youths)},
            _t("Find out whether they are one person, and correct the number of the other."),
        )
    else:
        context.reject(
            row,
            "student_number" if number else "youth",
            _t("is nobody in your caseload"),
            _t("Write the student number as it stands on the young person's page, or refer them first."),
        )
    return None


def ours(text: str) -> int | None:
    """The number behind ``no-…``; ``None`` for a number of somebody else's."""
    bare = text.removeprefix(OURS)
    return int(bare[:18]) if bare != text and bare.isdigit() else None


def receipt_of(kind: str, reference: str, by: Viewer) -> UUID:
    """The mark by which a row of an agency's own file is taken once."""
    return uuid5(NAMESPACE_URL, f"{kind}:{by.agency_id or 0}:{reference}")


def acting(by: Viewer) -> Viewer:
    """Who writes: on the machine itself, the system for the home district, whose record a new one is."""
    if not by.is_system:
        return by
    home = Agency.objects.filter(kind="district").order_by("created_at", "pk").first()
    return by if home is None else replace(by, agency_id=home.pk)


def moment(cell: str) -> datetime:
    """Read a moment in the district's own time: 2012-09-06 09:15, or as an export writes it."""
    try:
        found = datetime.fromisoformat(cell)
    except ValueError:
        raise CellError(_t("is no day with a time"), _t("Write it as 2012-09-06 09:15.")) from None
    return found if found.tzinfo else timezone.make_aware(found)


def written(at: datetime | None) -> str:
    """A moment as :func:`moment` reads it, to the second."""
    return "" if at is None else f"{timezone.localtime(at):%Y-%m-%d %H:%M:%S}"


def each(rows: Any, context: ImportContext, take: Callable[[Row], None], columns: Mapping[str, str]) -> None:
    """Take each row; what an action refuses is rejected in the column of its field. ``columns`` names the
    column of a field that the file calls otherwise; the empty field is that of the whole row."""
    for row in rows:
        try:
            take(row)
        except Refusal as refusal:
            column = columns.get(refusal.field, refusal.field) or columns[""]
            context.reject(row, column, _t("cannot be taken"), str(refusal))
        except AccessDenied:
            context.reject(
                row,
                columns[""],
                _t("is not yours to write"),
                _t("Whoever stands by the young person brings it in."),
            )


def youths_of(viewer: Viewer, rows: Sequence[Any]) -> dict[int, Youth]:
    """The young people of rows that the viewer has read, each reading on the record."""
    wanted = {row.youth_id for row in rows}
    return {youth.pk: youth for youth in read(Youth.objects.filter(pk__in=wanted).order_by("pk"), viewer)}


def who(youth: Youth | None) -> tuple[str, str]:
    """The two columns that say whom a row is about; empty where the viewer may not read it."""
    return (f"{OURS}{youth.pk}", youth.local_number or "") if youth else ("", "")
