"""Refusing rows of a file that no layout can judge: it takes the clock, the categories and the schools."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import numpy as np
from django.utils.translation import gettext as _

from schoolward.analysis.offences import category_named
from schoolward.domains.incidents.actions import changing
from schoolward.domains.incidents.actions.derivation import Derivation
from schoolward.domains.incidents.actions.identity import source_and_key
from schoolward.domains.incidents.models import Source
from schoolward.protocols.police_records import BoundLayout, Caution, Records

_Refusal = tuple[int, str, str, str, str]  # index of the record, column, value, error, mend


def refuse(records: Records, bound: BoundLayout, derivation: Derivation, *, at: datetime) -> None:
    """Refuse what cannot be judged from the file alone; fill in the address of a site named by its code."""
    refused: list[_Refusal] = []
    now = int(at.timestamp())
    late = np.flatnonzero(records.seconds > now + 86_400)
    for index in late.tolist():
        text = str(np.datetime64(int(records.seconds[index]), "s")).replace("T", " ")
        column = bound.column_name("occurred_at")
        refused.append((index, column, text, _("lies in the future"), _("Check the year and the month.")))
    if bound.layout.key == Source.GENERIC:
        refused.extend(_unknown_categories(records, bound))
        if any(records.campus_cds):
            refused.extend(_stated_sites(records, bound, derivation))
        refused.extend(_nowhere(records, bound))
    records.reject(refused)


def _unknown_categories(records: Records, bound: BoundLayout) -> Iterator[_Refusal]:
    for index, name in enumerate(records.category):
        if name and category_named(name) is None:
            known = ", ".join(changing.category_keys())
            column = bound.column_name("category")
            yield index, column, name, _("is no category that we know"), _("Use one of: %s.") % known


def _stated_sites(records: Records, bound: BoundLayout, derivation: Derivation) -> Iterator[_Refusal]:
    """Give a record the address of the site that it states; keep another one, and say that it is another."""
    days = derivation.days(derivation.utc(records))
    for index, (code, address) in enumerate(zip(records.campus_cds, records.address, strict=True)):
        if not code:
            continue
        site = derivation.stated.address(code, days[index])
        if site is None:
            error, mend = (
                _("is the code of no school here"),
                _("Import the school first, or give an address."),
            )
            yield index, bound.column_name("campus_cds"), code, error, mend
        elif not address:
            records.address[index] = site[0]
        elif derivation.address_keys[address] != site[1]:
            said = _("is not the address of the school that is named, %(site)s; it counts at the school") % {
                "site": site[0]
            }
            row = int(records.rows[index])
            records.cautions.append(Caution(row, bound.column_name("address"), address, said))


def _nowhere(records: Records, bound: BoundLayout) -> Iterator[_Refusal]:
    """Refuse records of no place. The police have such, and what came from them comes in again."""
    for index, address in enumerate(records.address):
        if address or not np.isnan(records.longitude[index]) or records.grid[index]:
            continue
        if source_and_key(records.number[index])[0] == Source.GENERIC:
            error = _("the record does not say where it happened")
            mend = _("Give an address, a position, a grid or a school's code.")
            yield index, bound.column_name("address"), "", error, mend
