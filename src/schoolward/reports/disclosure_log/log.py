"""Composing the log: one row a reading, with no reader's name and no other person's data."""

from __future__ import annotations

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from schoolward.platform.access.disclosing import Disclosure, disclosures
from schoolward.platform.access.models import Agency
from schoolward.platform.access.viewer import Viewer
from schoolward.reports.districts import district_name
from schoolward.reports.sheets.shape import Column, Part, Row, Sheet
from schoolward.reports.sheets.values import words


def disclosure_log(subject: str, *, by: Viewer) -> Sheet:
    """The log of one person. Asking is itself on the record.

    Raises ``AccessDenied`` and :class:`~schoolward.platform.access.refusal.Refusal`.
    """
    columns = (
        Column("at", _("When"), "day", width="1.2"),
        Column("agency", _("Agency"), width="1.6"),
        Column("role", _("As"), width="1.3"),
        Column("purpose", _("For what"), width="1.2"),
        Column("record", _("Record"), width="1.4"),
        Column("fields", _("Fields"), width="2.2"),
        Column("basis", _("By what right"), width="1.2"),
    )
    rows = tuple(_row(one) for one in disclosures(subject, by=by))
    agency = Agency.objects.filter(pk=by.agency_id or 0).values_list("name", flat=True).first()
    return Sheet(
        report="who-read-what",
        title=_("Who read what"),
        subject=subject.strip(),
        copy="",
        copy_name="",
        notice=_("For the person and the parents"),
        as_of=timezone.localdate(by.at),
        district=agency or district_name(),
        invented=False,
        parts=(Part("readings", _("Readings"), columns, rows, missing=_("Nobody has read anything.")),),
        standfirst=_("Every reading of what this agency keeps about one person, the newest first."),
    )


def _row(one: Disclosure) -> Row:
    return {
        "at": words(date_format(timezone.localtime(one.at), "M j, Y H:i")),
        "agency": words(one.agency),
        "role": words(one.role),
        "purpose": words(one.purpose),
        "record": words(one.record),
        "fields": words(", ".join(one.fields)),
        "basis": words(one.basis),
    }
