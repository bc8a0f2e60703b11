"""The tables of a Safe Routes grant application: schools, walks, travel, collisions, streets, events, money.

Where each goes on the form of California's Active Transportation Program stands in :mod:`.form`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from django.utils.translation import gettext as _

from schoolward.domains.places.queries import campus_names
from schoolward.domains.routes.queries.application.asking import events, infrastructure, money, opportunities
from schoolward.domains.routes.queries.application.form import FORM
from schoolward.domains.routes.queries.application.needs import collisions, schools, travel
from schoolward.domains.routes.queries.application.shapes import Asked, Cell, Table
from schoolward.domains.routes.queries.application.walking import walking
from schoolward.platform.access.viewer import Viewer

__all__ = [
    "FORM",
    "TABLES",
    "Asked",
    "Cell",
    "Table",
    "application_table",
    "application_tables",
    "opportunities",
    "wrong_about_application",
]

TABLES: dict[str, Callable[[Asked], Table]] = {
    "schools": schools,
    "walking": walking,
    "travel": travel,
    "collisions": collisions,
    "infrastructure": infrastructure,
    "events": events,
    "money": money,
}
"""The tables by their short names, in the order of an application."""


def application_tables(
    viewer: Viewer, campus_ids: Sequence[int], *, on: date, opportunity: str = ""
) -> list[Table]:
    """Every table about these sites, as far as they are the viewer's; ``opportunity`` names the money asked
    for."""
    asked = _asked(viewer, campus_ids, on, opportunity)
    return [make(asked) for make in TABLES.values()]


def application_table(
    key: str, viewer: Viewer, campus_ids: Sequence[int], *, on: date, opportunity: str = ""
) -> Table:
    """One of the tables. Raises ``KeyError`` for a name that is none's."""
    return TABLES[key](_asked(viewer, campus_ids, on, opportunity))


def _asked(viewer: Viewer, campus_ids: Sequence[int], on: date, opportunity: str) -> Asked:
    own = viewer.campus_ids
    kept = tuple(dict.fromkeys(pk for pk in campus_ids if own is None or pk in own))
    return Asked(viewer, kept, on, opportunity)


def wrong_about_application(viewer: Viewer, campus_ids: Sequence[int], opportunity: str) -> str:
    """What is wrong about asking for the tables of these sites, in words; empty where nothing is.

    A site that is not the viewer's is answered as one that is not there.
    """
    own = viewer.campus_ids
    known = {pk for pk in campus_names() if own is None or pk in own}
    strange = [str(pk) for pk in dict.fromkeys(campus_ids) if pk not in known]
    if not campus_ids:
        return _("site: name at least one site by its number")
    if strange:
        return _("site: no site of yours has the number %(numbers)s") % {"numbers": ", ".join(strange)}
    if opportunity and opportunity not in dict(opportunities(viewer)):
        return _("opportunity: nothing is applied for under this short name")
    return ""
