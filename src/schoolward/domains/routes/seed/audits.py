"""Invented walk audits: one that was walked, of which nothing is decided yet, and one to come."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

from schoolward.domains.assessments import actions as assessments
from schoolward.domains.assessments import queries as assessed
from schoolward.domains.assessments.seed.pictures import invented_picture
from schoolward.domains.routes import actions
from schoolward.domains.routes.seed.people import as_role, noon
from schoolward.platform.access.roles import Role
from schoolward.platform.demo.registry import SeedContext

#: What fails in the invented walk: the answer, the note, and how far from the school it is, in degrees.
_FAILS: dict[str, tuple[int, str, tuple[float, float] | None]] = {
    "S02": (1, "Along the park\nThree slabs are lifted by roots.", (-0.0021, 0.0004)),
    "C01": (0, "Second corner south of the school\nThe paint is worn off.", (0.0011, -0.0013)),
    "C03": (1, "Same corner, north side\nA van parks at the curb every morning.", (0.0011, -0.0012)),
    "D02": (1, "Cars roll through while children wait.", None),
    "F02": (0, "In front of the school\nCars double-park at ten to eight.", (0.0002, 0.0001)),
}
_WALKED = date(2012, 8, 28)


def make_audits(campuses: Sequence[Any], context: SeedContext) -> None:
    """One audit at the second school, walked by the coordinator, and one that is planned at the third."""
    by, at = as_role(Role.SAFE_ROUTES, context), noon(_WALKED)
    random = Random(context.random_seed)  # noqa: S311 - a repeatable story, not a secret
    if not assessed.usable_versions(by, _WALKED).exists() or len(campuses) < 3:
        return
    walked, planned = campuses[1], campuses[2]
    audit = actions.plan_audit(campus_id=walked.pk, planned_on=_WALKED, invented=True, by=by, at=at)
    walk = assessments.start_walk(assessment_id=audit.pk, client_id=_number(random), by=by, at=at)
    given = [
        assessments.GivenAnswer(
            code=one.item.code,
            answer=_FAILS[one.item.code][0] if one.item.code in _FAILS else random.choice((2, 3, 3)),
            note=_FAILS[one.item.code][1] if one.item.code in _FAILS else "",
            client_id=_number(random),
        )
        for one in assessed.asked_in(walk)
    ]
    assessments.give_answers(walk_id=walk.pk, answers=given, by=by, at=at)
    for code, (_value, _note, away) in _FAILS.items():
        if away is not None:
            assessments.add_photo(
                walk_id=walk.pk,
                code=code,
                stream=invented_picture(random),
                file_name=f"{code}.png",
                client_id=_number(random),
                pin=assessments.Pin(
                    longitude=round(walked.longitude + away[0], 6),
                    latitude=round(walked.latitude + away[1], 6),
                ),
                invented=True,
                by=by,
                at=at,
            )
    assessments.submit_walk(walk_id=walk.pk, by=by, at=at)
    coming = context.today + timedelta(days=5)
    actions.plan_audit(campus_id=planned.pk, planned_on=coming, invented=True, by=by, at=noon(context.today))


def _number(random: Random) -> UUID:
    return UUID(int=random.getrandbits(128), version=4)
