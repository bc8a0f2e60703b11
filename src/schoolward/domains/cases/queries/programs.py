"""What is known of programs, as matching asks it."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from schoolward.domains.cases.matching import Candidate
from schoolward.domains.places.queries import campus_by_pk
from schoolward.domains.programs import queries
from schoolward.platform.access.viewer import Viewer

_TAKES_NEW = {"open": True, "waiting": True, "full": True, "closed": False}


def candidates(viewer: Viewer, *, on: date, campus_id: int | None = None) -> list[Candidate]:
    """Every program that has not ended, with its rule, places, next offering and way from a site."""
    capacity = queries.latest_capacity(viewer, on=on)
    ahead: dict[int, list[Any]] = defaultdict(list)
    offered = queries.offerings(viewer).filter(ends_on__gte=on, cancelled_on__isnull=True)
    for offering in offered.order_by("starts_on", "pk"):
        ahead[offering.program_id].append(offering)
    here = campus_by_pk(campus_id) if campus_id is not None else None
    found = []
    for program in queries.programs(viewer):
        state = str(program.state_on(on))
        if state == "ended" or program.kind == "event":
            continue
        rule, report, next_ones = queries.rule_on(program, on), capacity.get(program.pk), ahead[program.pk]
        found.append(
            Candidate(
                key=program.key,
                title=program.title,
                requirements=tuple(rule.requirements) if rule else (),
                version=rule.version if rule else None,
                min_age=program.min_age,
                max_age=program.max_age,
                languages=tuple(code.strip() for code in program.languages.split(",")),
                is_running=state in ("running", "pilot"),
                takes_new=_TAKES_NEW[report.intake] if report else None,
                vacant=report.vacant if report else None,
                waiting=report.waiting if report else None,
                starts_on=next_ones[0].starts_on if next_ones else None,
                metres=min((_metres(here, one.campus) for one in next_ones), default=None),
            )
        )
    return found


def _metres(here: Any, there: Any) -> float:
    """How far two sites are apart; infinite where one of them, or its place on the map, is not known."""
    if here is None or there is None or None in (here.longitude, there.longitude):
        return float("inf")
    from schoolward.analysis.geodesy import haversine_m  # brings numpy, which no other page of cases needs

    return float(haversine_m(here.longitude, here.latitude, there.longitude, there.latitude))
