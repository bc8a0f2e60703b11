"""From a school's code to its campus on a day, and back."""

from __future__ import annotations

from datetime import date

from schoolward.domains.places.models import Campus, School, SchoolOccupancy

OWN_DIGITS, ALL_DIGITS = 7, 14
"""Digits of a school's own number, and of its whole code, which end with them."""


def school_by_cds(cds_code: str) -> School | None:
    """The school of this code, or ``None``."""
    return School.objects.filter(cds_code=cds_code).first()


def school_of_roster(identifier: str, name: str) -> int | None:
    """The number of the school that a roster means: by its code of 14 digits or its own 7, else by its name.

    ``None`` where none is meant, or more than one could be.
    """
    schools = School.objects.order_by()
    if identifier.isascii() and identifier.isdigit() and len(identifier) in (OWN_DIGITS, ALL_DIGITS):
        found = schools.filter(cds_code__endswith=identifier)
    else:
        found = schools.filter(name__iexact=name.strip())
    keys = list(found.values_list("pk", flat=True)[:2])
    return keys[0] if len(keys) == 1 else None


class SchoolSites:
    """Where the school of a code is and was, to be asked about many days."""

    def __init__(self, cds_code: str) -> None:
        held = SchoolOccupancy.objects.filter(school__cds_code=cds_code).select_related("campus")
        self._held = sorted(held, key=lambda o: o.valid_from or date.min)

    def on(self, day: date | None) -> Campus | None:
        """The campus where it is on the day; without a day, where it is or was last.

        On a day when it is nowhere, the campus that it was on last before, else the first one after. ``None``
        for an unknown code.
        """
        last = day or date.max
        begun = [o for o in self._held if (o.valid_from or date.min) <= last]
        if begun:
            return max(
                begun, key=lambda o: (min(o.valid_to or date.max, last), o.valid_from or date.min)
            ).campus
        return self._held[0].campus if self._held else None


def campus_for_cds(cds_code: str, on: date | None = None) -> Campus | None:
    """The campus where the school of this code is on a day, or is or was last: see :class:`SchoolSites`."""
    return SchoolSites(cds_code).on(on)


def code_for_address(address_key: str, on: date) -> str:
    """The code of a school that :func:`campus_for_cds` finds at this address on the day; else empty."""
    held = SchoolOccupancy.objects.filter(campus__address_key=address_key)
    for code in held.order_by("school__cds_code").values_list("school__cds_code", flat=True).distinct():
        campus = campus_for_cds(code, on)
        if campus is not None and campus.address_key == address_key:
            return str(code)
    return ""


class UnknownSite(LookupError):
    """No school has this code."""

    def __init__(self, cds_code: str) -> None:
        super().__init__(f"no school has the CDS code {cds_code}; a code has 14 digits")


def known_campus(cds_code: str, on: date) -> Campus:
    """The campus of :func:`campus_for_cds`. Raises :class:`UnknownSite`."""
    campus = campus_for_cds(cds_code, on)
    if campus is None:
        raise UnknownSite(cds_code)
    return campus
