"""Every site walked twice: before its recommendations, and when many of them were done."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

from schoolward.analysis.assessing.shapes import Answer as Given
from schoolward.analysis.assessing.shapes import Mark
from schoolward.domains.assessments import actions, queries
from schoolward.domains.assessments.models import Assessment, InstrumentVersion
from schoolward.domains.assessments.queries import Asked
from schoolward.domains.assessments.seed.cast import Cast, morning_of, school_day
from schoolward.domains.assessments.seed.pictures import invented_picture
from schoolward.domains.places.queries import operating_campuses
from schoolward.domains.work import queries as work
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.demo.registry import SeedContext

_COVERS = Path(__file__).resolve().parents[1] / "data" / "demonstration_covers.csv"
FIRST_SECOND_LOOK = date(2012, 3, 5)
#: One site in so many is walked by two assessors, and one in so many has photographs.
DOUBLE_WALK_EACH, PHOTOGRAPHED_EACH = 9, 12
#: From this site on a double walk still waits for its review, with one of its disputes settled.
UNREVIEWED_FROM = 63
_NOTES = (
    "At the north side.",
    "Near the rear gate.",
    "By the portable classrooms.",
    "Two of four.",
    "Seen again in the afternoon.",
)


@dataclass
class Site:
    """A campus with its recommendations, by the code of the item that asks for the same."""

    campus: Any
    walked_on: date
    covers: dict[str, Any] = field(default_factory=dict)

    @property
    def is_complete(self) -> bool:
        """Whether nothing is open there, which the demonstration's paper counts."""
        return all(item.state in ("verified", "declined") for item in self.covers.values())


def walk_before_and_after(context: SeedContext, cast: Cast, random: Random) -> tuple[int, int]:
    """Walk every operating campus twice. How many walks, and how many findings."""
    version = InstrumentVersion.objects.select_related("instrument").get(instrument__key="cpted-school")
    walks = findings = 0
    for number, site in enumerate(_sites(context), start=1):
        first, other = cast.pair(number)
        before = _plan(site, version, site.walked_on, cast, is_double=False)
        asked = queries.asked_of(before)
        answers = _before(asked, site, random)
        covered = {code: item.pk for code, item in site.covers.items()}
        done = _walk(before, asked, answers, first, cast, random, covered_by=covered, day=site.walked_on)
        findings += len(done.found)
        day = school_day(FIRST_SECOND_LOOK + timedelta(days=number))
        is_double = number % DOUBLE_WALK_EACH == 0
        after = _plan(site, version, day, cast, is_double=is_double)
        later = _after(asked, answers, site, day, random)
        photos = number % PHOTOGRAPHED_EACH == 0
        if is_double:
            seen = _seen_otherwise(later, random)
            _walk(after, asked, seen, other, cast, random, covered_by={}, day=day)
            walks += 1
        waits = is_double and number >= UNREVIEWED_FROM
        done = _walk(
            after,
            asked,
            later,
            first,
            cast,
            random,
            covered_by={},
            day=day,
            with_photos=photos,
            is_reviewed=not waits,
        )
        if waits:
            _settle_one(after, other, day)
        findings += len(done.found)
        walks += 2
    return walks, findings


def _sites(context: SeedContext) -> list[Site]:
    with _COVERS.open(encoding="utf-8", newline="") as handle:
        codes = {row["work"]: row["item"] for row in csv.DictReader(handle)}
    sites: dict[int, Site] = {}
    for campus in operating_campuses(context.today).order_by("name", "pk"):
        sites[campus.pk] = Site(campus, school_day(date(2011, 1, 24) + timedelta(days=2 * len(sites) + 2)))
    asked = work.work_items(context.by).filter(kind="recommendation", invented=True)
    for item in asked.order_by("reference"):
        site = sites.get(item.campus_id or 0)
        if site is None:
            continue
        site.walked_on = min(site.walked_on, item.proposed_on) if site.covers else item.proposed_on
        code = codes.get(item.title)
        if code is not None:
            site.covers.setdefault(code, item)
    return list(sites.values())


def _plan(site: Site, version: InstrumentVersion, day: date, cast: Cast, *, is_double: bool) -> Assessment:
    return actions.plan_assessment(
        campus_id=site.campus.pk,
        version_id=version.pk,
        planned_on=day,
        is_double=is_double,
        invented=True,
        by=cast.lead,
        at=morning_of(day, 8),
    )


def _walk(
    assessment: Assessment,
    asked: Sequence[Asked],
    answers: Mapping[str, Given],
    who: Viewer,
    cast: Cast,
    random: Random,
    *,
    covered_by: Mapping[str, int],
    day: date,
    with_photos: bool = False,
    is_reviewed: bool = True,
) -> actions.Submitted:
    at = morning_of(day, 9)
    walk = actions.start_walk(
        assessment_id=assessment.pk, client_id=_number(random), by=who, at=at, device="demonstration"
    )
    given = [
        actions.GivenAnswer(
            code=one.item.code,
            answer=answers[one.item.code],
            client_id=_number(random),
            note=random.choice(_NOTES) if one.item.fails(answers[one.item.code]) else "",
        )
        for one in asked
        if one.item.code in answers
    ]
    actions.give_answers(walk_id=walk.pk, answers=given, by=who, at=at)
    if with_photos:
        failing = [one for one in asked if one.item.fails(answers.get(one.item.code))]
        for one in failing[:3]:
            actions.add_photo(
                walk_id=walk.pk,
                code=one.item.code,
                stream=invented_picture(random),
                file_name=f"invented-{one.item.code}.png",
                client_id=_number(random),
                caption="Invented picture",
                by=who,
                at=at,
                invented=True,
            )
    done = actions.submit_walk(walk_id=walk.pk, by=who, at=morning_of(day, 11), covered_by=covered_by)
    if not done.waits and random.random() < 0.9 and is_reviewed:
        actions.review_assessment(
            assessment_id=assessment.pk, note="", by=cast.lead, at=morning_of(day + timedelta(days=3))
        )
    return done


def _settle_one(assessment: Assessment, by: Viewer, day: date) -> None:
    """Let one of the two settle the first dispute that decides over no finding, as the better answer."""
    assessment.refresh_from_db()
    results = queries.results_of(assessment)
    disputes = results.agreement.disputes if results is not None and results.agreement is not None else ()
    for one in disputes:
        if not one.decides and isinstance(one.first, int) and isinstance(one.second, int):
            actions.settle_dispute(
                assessment_id=assessment.pk,
                code=one.item.code,
                answer=max(one.first, one.second),
                reason="Looked at again together; it is as the milder of us said. (Invented.)",
                by=by,
                at=morning_of(day + timedelta(days=1)),
            )
            return


def _before(asked: Sequence[Asked], site: Site, random: Random) -> dict[str, Given]:
    """What failed is what was recommended; the rest is mostly so, some of it not there or not to be seen."""
    answers: dict[str, Given] = {}
    for one in asked:
        if one.item.code in site.covers:
            answers[one.item.code] = random.choice((0, 1, 1))
        else:
            answers[one.item.code] = _ordinary(one, random)
    return answers


def _ordinary(one: Asked, random: Random) -> Given:
    drawn = random.random()
    if drawn < 0.06:
        return Mark.DOES_NOT_EXIST
    if drawn < 0.12:
        return Mark.UNOBSERVED
    return 2 if drawn < 0.55 and not one.item.fails(2) else 3


def _after(
    asked: Sequence[Asked], answers: Mapping[str, Given], site: Site, day: date, random: Random
) -> dict[str, Given]:
    """What was verified by then is mended, what was declined lived with, what is under way not judged."""
    later: dict[str, Given] = {}
    for one in asked:
        code = one.item.code
        before, item = answers[code], site.covers.get(code)
        mended = 3 if one.item.fails(2) else random.choice((2, 3, 3))
        if item is None:
            later[code] = _again(one, before, site, random)
        elif item.state == "verified" and item.verified_on <= day:
            later[code] = mended
        elif item.state in ("verified", "done"):
            later[code] = Mark.UNOBSERVED
        elif item.state == "declined":
            later[code] = Mark.DOES_NOT_EXIST if one.item.fails(2) else 2
        else:
            later[code] = before
    return later


def _again(one: Asked, before: Given, site: Site, random: Random) -> Given:
    drawn = random.random()
    if drawn < 0.012 and not site.is_complete:
        return 1
    if before is Mark.UNOBSERVED and drawn < 0.4 and not one.item.fails(2):
        return 2
    if drawn < 0.1 and isinstance(before, int):
        return 3
    return before


def _seen_otherwise(answers: Mapping[str, Given], random: Random) -> dict[str, Given]:
    """How a second assessor sees the same: mostly alike, here and there a step milder."""
    return {
        code: min(3, one + 1) if isinstance(one, int) and random.random() < 0.12 else one
        for code, one in answers.items()
    }


def _number(random: Random) -> UUID:
    return UUID(int=random.getrandbits(128), version=4)
