"""Refusing rows of a file that no layout can judge: it takes the clock, the categories and the schools."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import numpy as np
from django.utils.translation import gettext as _

from schoolward.analysis.offences import category_named
from schoolward.domains.incidents.actions import changing
from schoolward.domains.incidents.models import Source
from schoolward.domains.places import queries as places
from schoolward.protocols.police_records import BoundLayout, Records

_Refusal = tuple[int, str, str, str, str]  # index of the record, column, value, error, mend


def refuse(records: Records, bound: BoundLayout, *, at: datetime) -> None:
    """Refuse what cannot be judged from the file alone; fill in the address of a site named by its code."""
    refused: list[_Refusal] = []
    now = int(at.timestamp())
    late = np.flatnonzero(records.seconds > now + 86_400)
    for index in late.tolist():
        text = str(np.datetime64(int(records.seconds[index]), "s")).replace("T", " ")
        column = bound.column_name("occurred_at")
        refused.append((index, column, text, _("lies in the future"), _("Check the year and the month.")))
    if bound.layout.key == Source.GENERIC:
        refused.extend(_refused_in_general_layout(records, bound))
    records.reject(refused)


def _refused_in_general_layout(records: Records, bound: BoundLayout) -> Iterator[_Refusal]:
    for index, name in enumerate(records.category):
        if name and category_named(name) is None:
            known = ", ".join(changing.category_keys())
            column = bound.column_name("category")
            yield index, column, name, _("is no category that we know"), _("Use one of: %s.") % known
    sites: dict[str, str | None] = {}
    for index, code in enumerate(records.campus_cds):
        if not code:
            continue
        if code not in sites:
            campus = places.campus_for_cds(code)
            sites[code] = campus.address if campus else None
        address = sites[code]
        if address is None:
            error, mend = (
                _("is the code of no school here"),
                _("Import the school first, or give an address."),
            )
            yield index, bound.column_name("campus_cds"), code, error, mend
        elif not records.address[index]:
            records.address[index] = address
    for index, address in enumerate(records.address):
        if not address and np.isnan(records.longitude[index]) and not records.grid[index]:
            error = _("the record does not say where it happened")
            mend = _("Give an address, a position, a grid or a school's code.")
            yield index, bound.column_name("address"), "", error, mend
