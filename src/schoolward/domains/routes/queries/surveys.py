"""What parents answered, by season: counts under eleven are hidden, with what would give them away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from schoolward.analysis.disclosure import ALL, CannotProtectError, Cell, SuppressionPolicy, protect, tabulate
from schoolward.domains.places.queries import campus_names
from schoolward.domains.routes.models import Allowed, Change, Distance, ParentSurvey, Season, season_of
from schoolward.domains.routes.queries.travel import days_of_season
from schoolward.platform.access.policy import visible
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.measures.registry import FEWEST_STUDENTS

EVERY_SITE = 0
"""The row of all sites together."""


def survey_forms(viewer: Viewer) -> QuerySet[ParentSurvey]:
    """Single forms, for those few who keep them."""
    return visible(counted_forms().select_related("campus"), viewer)


def counted_forms() -> QuerySet[ParentSurvey]:
    """Every form but those set aside: a later one with the same number stands."""
    return ParentSurvey.objects.filter(number_key__isnull=False)


def forms_set_aside() -> int:
    """How many forms count no more, as a later one with the same number stands."""
    return ParentSurvey.objects.filter(number_key__isnull=True).count()


@dataclass(frozen=True)
class Question:
    """One question with its answers: for each site a count, ``None`` where it is hidden.

    ``rows``: the site's number (0 for all), its name, the counts in the order of ``answers``, and the forms.
    """

    key: str
    answers: tuple[str, ...]
    rows: tuple[tuple[int, str, tuple[int | None, ...], int | None], ...]


CHANGE = "change_"
"""Before the key of what would change it: a shorter way is not how far home is."""


@dataclass(frozen=True)
class Answers:
    """All questions of a season at the viewer's sites."""

    questions: tuple[Question, ...]
    is_collected: bool
    invented: bool


def answers(viewer: Viewer, year: int, season: str) -> Answers:
    """What parents answered in a season. Sites are protected together, whoever looks: what one viewer is
    shown can be taken from what another is.

    Of a site with fewer than eleven forms nothing is shown, not even that nobody gave an answer, and its
    forms are in no sum: zeros beside one hidden count would tell what all of them answered. A site's forms
    are told in elevens, as they came in (ADR 0083): who looks before and after one is entered learns nothing
    of it.
    """
    first, last = days_of_season(year, season)
    entered = list(
        counted_forms()
        .filter(day__range=(first, last))
        .order_by("pk")
        .values_list("campus_id", "distance", "allowed", "changes", "invented")
    )
    names = campus_names()
    sites = sorted({row[0] for row in entered}, key=lambda site: names[site])
    told = _in_elevens(entered)
    questions = (
        _question("distance", [(row[0], row[1]) for row in told], Distance, sites),
        _question("allowed", [(row[0], row[2]) for row in told], Allowed, sites),
        *(
            _question(
                f"{CHANGE}{change}",
                [(row[0], "yes" if change in row[3] else "no") for row in told],
                None,
                sites,
            )
            for change in Change
        ),
    )
    own = viewer.campus_ids
    kept = tuple(
        Question(
            one.key,
            one.answers,
            tuple(
                row for row in one.rows if own is None or row[0] in own or (row[0] == EVERY_SITE and not own)
            ),
        )
        for one in questions
    )
    return Answers(kept, bool(entered), any(row[4] for row in entered))


def _in_elevens(entered: Sequence[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """The first forms of each site (their first value), as many as whole elevens are in."""
    waiting = Counter(row[0] for row in entered)
    left = {site: count - count % FEWEST_STUDENTS for site, count in waiting.items()}
    told = []
    for row in entered:
        if left[row[0]]:
            left[row[0]] -= 1
            told.append(row)
    return told


def _question(key: str, told: Sequence[tuple[int, str]], choices: Any, sites: Sequence[int]) -> Question:
    forms = Counter(site for site, _value in told)
    shown = [site for site in sites if forms[site] >= FEWEST_STUDENTS]
    values = tuple(choices.values) if choices is not None else ("yes", "no")
    labels = tuple(str(label) for _value, label in choices.choices) if choices is not None else values
    if not sites:
        return Question(key, labels, ())
    counted = Counter(told)
    counts: dict[Cell, int] = {
        (str(site), value): counted[(site, value)] for site in shown for value in values
    }
    try:
        public = protect(tabulate(counts), SuppressionPolicy()).public() if shown else {}
    except CannotProtectError:
        public = {}
    names = campus_names()
    rows = [
        (
            site,
            names[site],
            tuple(public.get((str(site), value)) for value in values),
            public.get((str(site), ALL)),
        )
        for site in sites
    ]
    rows.append(
        (
            EVERY_SITE,
            "",
            tuple(public.get((ALL, value)) for value in values),
            public.get((ALL, ALL)),
        )
    )
    return Question(key, labels, tuple(rows))


def survey_seasons() -> list[tuple[int, Season]]:
    """The seasons in which a form came in, the newest first."""
    days = counted_forms().order_by().values_list("day", flat=True).distinct()
    return sorted({season_of(day) for day in days}, key=lambda one: days_of_season(*one), reverse=True)
