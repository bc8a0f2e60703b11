"""Sites that a file states by the code of a school: the one where the school was on the incident's day."""

from __future__ import annotations

from datetime import date

from schoolward.domains.places import queries as places


class StatedSites:
    """The address of the site that a school's code states; each code is looked up once."""

    def __init__(self) -> None:
        self._schools: dict[str, places.SchoolSites] = {}

    def address(self, cds_code: str, on: date) -> tuple[str, str] | None:
        """The site's address and its key (`analysis.addresses`); ``None`` for a code that no school has."""
        if cds_code not in self._schools:
            self._schools[cds_code] = places.SchoolSites(cds_code)
        campus = self._schools[cds_code].on(on)
        return (campus.address, campus.address_key) if campus else None
