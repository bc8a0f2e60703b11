"""Education and encouragement: the events of programs about the way to school, with headcounts.

They are kept where every program is kept; here stands which of them are about the way to school, and what of
their heads is shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from schoolward.domains.programs import queries as programs
from schoolward.platform.access.policy import readable
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.measures.registry import FEWEST_STUDENTS

PROGRAMS = "safe-routes"
"""Programs whose short name begins so are education and encouragement of the way to school."""


def event_programs(viewer: Viewer) -> QuerySet[Any]:
    """The programs themselves, by title."""
    return programs.programs(viewer).filter(key__startswith=PROGRAMS).order_by("title", "key")


def event_sessions(viewer: Viewer) -> QuerySet[Any]:
    """Their sessions, with offering, program and site."""
    return programs.sessions(viewer).filter(offering__program__key__startswith=PROGRAMS)


@dataclass(frozen=True)
class Heads:
    """A count of heads: ``None`` where nobody counted; ``withheld`` where the viewer is not shown it."""

    count: int | None
    withheld: bool = False


def heads_shown(session: Any, name: str, viewer: Viewer) -> Heads:
    """The young people (``attended``) or ``adults`` of a session from :func:`event_sessions`.

    Withheld from those who may not read it, and where it is fewer than eleven and not none.
    """
    if not readable(session, name, viewer):
        return Heads(None, withheld=True)
    count = getattr(session, name)
    if count is not None and 0 < count < FEWEST_STUDENTS:
        return Heads(None, withheld=True)
    return Heads(count)
