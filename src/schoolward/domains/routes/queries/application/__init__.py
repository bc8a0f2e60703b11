"""The tables of a Safe Routes grant application: schools, walks, travel, collisions, streets, events, money.

Where each goes on the form of California's Active Transportation Program stands in :mod:`.form`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

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
