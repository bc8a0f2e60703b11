"""The rows that an address names, or 404 where there is none that the caller may see."""

from ninja.errors import HttpError

from schoolward.domains.alarms import queries
from schoolward.domains.alarms.models import Case, Zone
from schoolward.domains.places.queries import campus_by_pk
from schoolward.platform.access.viewer import Viewer


def case_or_404(viewer: Viewer, number: str) -> Case:
    """The case of this number."""
    found = queries.case_by_number(viewer, number)
    if found is None:
        raise HttpError(404, f"there is no case {number} that you may see")
    return found


def zone_or_404(viewer: Viewer, zone_id: int) -> Zone:
    """The zone of this number."""
    found = queries.zones(viewer).filter(pk=zone_id).first()
    if found is None:
        raise HttpError(404, f"there is no zone {zone_id} that you may see")
    return found


def check_site(viewer: Viewer, campus_id: int | None) -> None:
    """Nothing for a site that the caller holds, or for none."""
    if campus_id is None:
        return
    seen = viewer.campus_ids is None or campus_id in viewer.campus_ids
    if not seen or campus_by_pk(campus_id) is None:
        raise HttpError(404, f"there is no site {campus_id} that you may see")
