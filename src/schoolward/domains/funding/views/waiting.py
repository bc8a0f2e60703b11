"""Scenarios that are not computed yet: what a page says of them, and how it learns that they are."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse

from schoolward.domains.funding.models import Scenario, ScenarioState
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.jobs import queries as jobs

PENDING = frozenset({ScenarioState.ASKED, ScenarioState.COMPUTING})


@dataclass(frozen=True)
class Standing:
    """How the computing of a scenario stands. ``is_stuck``: nothing is under way that would compute it."""

    words: str
    is_stuck: bool


def waits(scenario: Scenario) -> bool:
    """Whether a scenario is to be computed."""
    return scenario.state in PENDING


def standing_of(scenario: Scenario, viewer: Viewer) -> Standing:
    """How the computing stands, as its job says it; a job of somebody else is not seen, only the state."""
    job = jobs.state(scenario.job_id, viewer=viewer) if scenario.job_id else None
    if job is None:
        return Standing(str(ScenarioState(scenario.state).label), scenario.job_id is None)
    words = job.error or (job.progress.message if job.progress and not job.is_finished else "")
    return Standing(words or job.state_in_words, job.is_finished)


def reload_page() -> HttpResponse:
    """Tell htmx to fetch the whole page anew: what it waited for is there."""
    return HttpResponse(headers={"HX-Refresh": "true"})
