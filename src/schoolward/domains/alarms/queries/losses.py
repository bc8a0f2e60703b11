"""Systems that are not heard from: those of a case at the moment, and those that no open case tells of."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from schoolward.domains.alarms.models import AlarmSystem, Case, CaseKind, CaseState
from schoolward.domains.alarms.queries.systems import lost_links
from schoolward.platform.access.viewer import Viewer

MOST_NAMED = 6
"""So many systems are named, the others counted."""


def still_lost(case: Case) -> list[AlarmSystem]:
    """The systems of a case of lost systems that are lost now, by site; empty for cases of other kinds.

    The builder keeps them with the case while it is open; whatever a receiver has heard since is left out.
    """
    if case.kind != CaseKind.SUPERVISION:
        return []
    heard = Q(link__isnull=False, link__lost_at__isnull=True)
    found = AlarmSystem.objects.select_related("campus").defer("sealed_key")
    of_case = found.filter(pk__in=case.shape.get("still", ())).exclude(heard)
    return list(of_case.order_by("campus__name", "account"))


def in_words(systems: Sequence[AlarmSystem]) -> str:
    """Systems by account and site, the first by name: ``0012 at Oak, 0013 at Oak and 4 more``."""
    named = ", ".join(f"{system.account} at {system.campus.name}" for system in systems[:MOST_NAMED])
    more = len(systems) - MOST_NAMED
    return f"{named} and {more} more" if more > 0 else named


def lost_by_case(viewer: Viewer) -> tuple[QuerySet[AlarmSystem], QuerySet[AlarmSystem]]:
    """Lost systems, the longest lost first: those that an open case tells of, and those that none does.

    The case of the latter was closed while they were lost.
    """
    open_cases = Case.objects.filter(kind=CaseKind.SUPERVISION).exclude(state=CaseState.CLOSED)
    told = {pk for shape in open_cases.values_list("shape", flat=True) for pk in shape.get("still", ())}
    lost = lost_links(viewer)
    return lost.filter(pk__in=told), lost.exclude(pk__in=told)
