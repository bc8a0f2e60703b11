"""Who may be sent, as the installation keeps it: what each is called at the desk, and its number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from schoolward.domains.alarms.models import PoliceAgency
from schoolward.domains.people.queries import response_numbers
from schoolward.platform.access.viewer import Viewer

#: By what the number of each is kept: the ground that it serves, and its use.
_KEPT_AS: Final = {
    PoliceAgency.CITY_911: ("city", "emergency"),
    PoliceAgency.CITY_NON_EMERGENCY: ("city", "non_emergency"),
    PoliceAgency.COUNTY_911: ("county", "emergency"),
    PoliceAgency.COUNTY_NON_EMERGENCY: ("county", "non_emergency"),
}
_GUARD: Final = ("everywhere", "guard")


@dataclass(frozen=True, slots=True)
class Responder:
    """Somebody who may be sent. ``phone`` is blank where no number is kept."""

    title: str
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Responders:
    """All of them, with a plain name for those that nothing is kept of."""

    police: dict[PoliceAgency, Responder]
    guard: Responder

    def title_of(self, agency: str) -> str:
        """What the desk calls this one; the key itself where it is none that we know."""
        return self.police[PoliceAgency(agency)].title if agency in PoliceAgency.values else agency


def responders(viewer: Viewer) -> Responders:
    """Who may be sent to any site, with the numbers that the installation keeps."""
    kept = {(one.serves, one.use): Responder(one.title, one.phone) for one in response_numbers(viewer)}
    return Responders(
        police={agency: kept.get(_KEPT_AS[agency], Responder(str(agency.label))) for agency in PoliceAgency},
        guard=kept.get(_GUARD, Responder(_("Security desk"))),
    )
