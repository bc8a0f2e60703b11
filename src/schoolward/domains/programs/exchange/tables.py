"""What the tables of programs have in common: a row is found, compared, and written by the one action for
it."""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schoolward.domains.places.queries import campus_by_slug
from schoolward.domains.programs import queries
from schoolward.domains.programs.actions import WEEKDAYS, ProgramRefused
from schoolward.domains.programs.models import Offering, Program
from schoolward.platform.exchange.columns import CellError, Column, own_words, whole_number
from schoolward.platform.exchange.records import (
    Cells as Cells,
)
from schoolward.platform.exchange.records import (
    NotThere as NotThere,
)
from schoolward.platform.exchange.records import (
    RecordTable,
)
from schoolward.platform.exchange.records import (
    Values as Values,
)
from schoolward.platform.exchange.records import (
    acting as acting,
)
from schoolward.platform.exchange.records import (
    filled as filled,
)
from schoolward.platform.exchange.registry import ImportContext

MANY = whole_number(0, 100_000)


def short_name(cell: str) -> str:
    """Read a key: small letters, digits and hyphens, at most 60."""
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", cell) or len(cell) > 60:
        raise CellError(
            _("is not a short name"), _("Write small letters, digits and hyphens, such as study-hall.")
        )
    return cell


def weekdays(cell: str) -> str:
    """Read days of the week: MO,WE."""
    found = [part.strip().upper() for part in cell.split(",") if part.strip()]
    if not found or not set(found) <= set(WEEKDAYS):
        raise CellError(_("is not a list of days"), _("Write days as MO,WE."))
    return ",".join(dict.fromkeys(found))


def language_codes(cell: str) -> str:
    """Read codes of languages with commas between: en,es."""
    found = [part.strip().lower() for part in cell.split(",") if part.strip()]
    if not found or not all(re.fullmatch(r"[a-z]{2,3}", part) for part in found):
        raise CellError(_("is not a list of languages"), _("Write codes of two or three letters: en,es."))
    return ",".join(dict.fromkeys(found))


def program_column() -> Column:
    """The program that a row is about."""
    return Column(
        "program",
        gettext_lazy("Short name of the program."),
        required=True,
        parse=short_name,
        example="study-hall",
    )


def offering_column() -> Column:
    """The number of the offering that a row is about."""
    return Column(
        "offering",
        gettext_lazy("Number of the offering within the program."),
        required=True,
        parse=whole_number(1, 1_000_000),
        example="1",
    )


def words(name: str, help_text: Any, most: int, *, required: bool = False, example: str = "") -> Column:
    """A column of text."""
    return Column(name, help_text, required=required, parse=own_words(most), example=example)


class ProgramTable(RecordTable):
    """A table of programs."""

    permission = "programs.import"
    export_permission = "programs.view"
    refused = ProgramRefused


def program_of(values: Values, context: ImportContext) -> Program:
    """The program that a row names. Raises :class:`NotThere`."""
    found = queries.programs(context.by).filter(key=values["program"]).first()
    if found is None:
        raise NotThere("program")
    return found


def offering_of(values: Values, context: ImportContext) -> Offering:
    """The offering that a row names. Raises :class:`NotThere`."""
    program = program_of(values, context)
    found = queries.offerings(context.by).filter(program=program, number=values["offering"]).first()
    if found is None:
        raise NotThere("offering")
    return found


def site_of(values: Values) -> int | None:
    """The site that a row names by its short name. Raises :class:`NotThere`."""
    slug = values.get("site")
    if not slug:
        return None
    campus = campus_by_slug(slug)
    if campus is None:
        raise NotThere("site")
    return campus.pk
