"""A little of everything else: the other two instruments, what is planned and under way, codes and plans."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

from schoolward.analysis.assessing.shapes import Answer as Given
from schoolward.analysis.assessing.shapes import Mark
from schoolward.domains.assessments import actions, queries
from schoolward.domains.assessments.models import Assessment, InstrumentVersion
from schoolward.domains.assessments.seed.cast import Cast, morning_of
from schoolward.domains.places.queries import operating_campuses
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.demo.registry import SeedContext

_REPORTS = (
    ("Gate by the gym", "lock", "Does not latch unless one pulls hard."),
    ("Door 7, corridor B", "light", "The lamp over the door is out."),
    ("Fence at the field", "broken", "A hole near the corner, about knee high."),
)
_PLANS: tuple[dict[str, Any], ...] = (
    {
        "title": "Test every gate lock and closer",
        "instructions": "Each gate twice, from both sides. Mend at once what needs no part.",
        "every": "quarter",
        "trade": "locks",
        "valid_from": date(2012, 10, 1),
    },
    {
        "title": "Walk the outside lights after dark",
        "instructions": "List each lamp that is out, by the number on its pole.",
        "every": "half_year",
        "trade": "lighting",
        "valid_from": date(2013, 1, 1),
    },
)


def _campuses(context: SeedContext) -> list[Any]:
    return list(operating_campuses(context.today).order_by("name", "pk"))


def _version(key: str) -> InstrumentVersion:
    return InstrumentVersion.objects.select_related("instrument").get(instrument__key=key)


def _number(random: Random) -> UUID:
    return UUID(int=random.getrandbits(128), version=4)


def other_kinds(context: SeedContext, cast: Cast, random: Random) -> None:
    """A vulnerability assessment and a security audit of one site each, of the spring."""
    first, second, *_others = _campuses(context)
    for campus, key, day in (
        (first, "vulnerability", date(2012, 5, 14)),
        (second, "security-audit", date(2012, 5, 16)),
    ):
        version = _version(key)
        at = morning_of(day)
        assessment = _planned(campus, version, day, cast)
        answers: dict[str, Given] = {
            one.item.code: _rating(one, random) for one in queries.asked_of(assessment)
        }
        _handed_in(assessment, answers, cast.officer, at, random)


def _rating(one: queries.Asked, random: Random) -> Given:
    """A middling rating that fails nothing: its work would be told nowhere else in the demonstration."""
    if one.scale.may_be_unobserved and random.random() < 0.08:
        return Mark.UNOBSERVED
    passing = [choice.value for choice in one.scale.choices if not one.item.fails(choice.value)]
    middle = len(passing) // 2
    return random.choice(passing[max(0, middle - 2) : middle + 2])


def _planned(campus: Any, version: InstrumentVersion, day: date, cast: Cast) -> Assessment:
    return actions.plan_assessment(
        campus_id=campus.pk,
        version_id=version.pk,
        planned_on=day,
        invented=True,
        by=cast.lead,
        at=morning_of(day, 8) if day < date(2012, 9, 6) else morning_of(date(2012, 9, 6), 7),
    )


def _handed_in(
    assessment: Assessment, answers: dict[str, Given], who: Viewer, at: Any, random: Random
) -> None:
    walk = actions.start_walk(assessment_id=assessment.pk, client_id=_number(random), by=who, at=at)
    given = [
        actions.GivenAnswer(code=code, answer=one, client_id=_number(random)) for code, one in answers.items()
    ]
    actions.give_answers(walk_id=walk.pk, answers=given, by=who, at=at)
    actions.submit_walk(walk_id=walk.pk, by=who, at=at)


def to_come(context: SeedContext, cast: Cast, random: Random) -> None:
    """Two walks that are planned, and one that the lead has begun this morning."""
    version = _version("cpted-school")
    campuses = _campuses(context)
    for campus, days in zip(campuses[3:5], (6, 13), strict=True):
        _planned(campus, version, context.today + timedelta(days=days), cast)
    begun = _planned(campuses[5], version, context.today, cast)
    at = morning_of(context.today, 7)
    walk = actions.start_walk(assessment_id=begun.pk, client_id=_number(random), by=cast.lead, at=at)
    given = [
        actions.GivenAnswer(code=one.item.code, answer=random.choice((2, 3)), client_id=_number(random))
        for one in queries.asked_in(walk)[:14]
    ]
    actions.give_answers(walk_id=walk.pk, answers=given, by=cast.lead, at=at)


def pieces_of_upkeep(context: SeedContext, cast: Cast) -> None:
    """Codes at three spots with what was reported there, plans, and a second look that is asked for."""
    campuses = _campuses(context)
    yesterday = morning_of(context.today - timedelta(days=1), 12)
    for number, (label, kind, text) in enumerate(_REPORTS):
        point = actions.make_point(
            campus_id=campuses[number].pk, label=label, invented=True, by=cast.lead, at=yesterday
        )
        actions.report_defect(
            token=point.token,
            kind=kind,
            text=text,
            client_id=UUID(int=number + 1, version=4),
            by=Viewer.anonymous(at=context.at),
            at=yesterday,
            invented=True,
        )
    for plan in _PLANS:
        fields = {
            **plan,
            "campus_id": None,
            "severity": "medium",
            "owner_role": "facilities",
            "estimate_cents": None,
            "valid_to": None,
        }
        actions.make_plan(fields=fields, invented=True, by=cast.lead, at=yesterday)
    done = queries.unresolved(cast.lead).filter(work__state="done").order_by("campus__name", "pk")
    first = done.first()
    if first is not None:
        numbers = list(done.filter(campus_id=first.campus_id).values_list("pk", flat=True))
        actions.request_reinspection(
            campus_id=first.campus_id,
            finding_ids=numbers,
            due=context.today + timedelta(days=7),
            invented=True,
            by=cast.lead,
            at=morning_of(context.today, 7),
        )
