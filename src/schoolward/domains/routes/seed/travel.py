"""Invented tallies and parents' forms."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from random import Random
from typing import Any

from schoolward.domains.routes.models import (
    Allowed,
    Change,
    ClassTally,
    Distance,
    Mode,
    ParentSurvey,
    plain_key,
)
from schoolward.platform.demo.registry import SeedContext

#: Two days of a week in May 2011, October 2011 and May 2012.
WEEKS: tuple[tuple[date, date], ...] = (
    (date(2011, 5, 10), date(2011, 5, 12)),
    (date(2011, 10, 4), date(2011, 10, 6)),
    (date(2012, 5, 8), date(2012, 5, 9)),
)
GRADES = ("K", "1", "2", "3", "4", "5")
#: How much more is walked where a crosswalk was marked in the winter between: at the first site.
RISE = 0.14
FORMS = 48


def make_tallies(campuses: Sequence[Any], context: SeedContext) -> int:
    """Six classes a site, two days, both ways, three seasons. Classes of one site differ, as they do."""
    random = Random(context.random_seed)  # noqa: S311 - a repeatable story, not a secret
    rows: list[ClassTally] = []
    for place, campus in enumerate(campuses):
        usual = random.uniform(0.16, 0.42)
        for number, grade in enumerate(GRADES, start=1):
            own = max(0.04, usual + random.gauss(0, 0.06))
            enrolled = random.randint(20, 28)
            for season, week in enumerate(WEEKS):
                share = own + (RISE if place == 0 and season == 2 else random.gauss(0, 0.015))
                for day in week:
                    weather = random.choice(("sunny", "sunny", "sunny", "overcast", "rainy"))
                    for direction in ("arrival", "departure"):
                        rows.append(
                            _tally(
                                random,
                                share + (0.03 if direction == "departure" else 0),
                                campus_id=campus.pk,
                                class_label=f"Room {number}",
                                class_key=plain_key(f"Room {number}"),
                                grade=grade,
                                enrolled=enrolled,
                                day=day,
                                weekday=day.weekday(),
                                direction=direction,
                                weather=weather,
                                recorded_at=context.at,
                                invented=True,
                            )
                        )
    ClassTally.objects.bulk_create(rows, batch_size=500)
    return len(rows)


def _tally(random: Random, share: float, **fields: Any) -> ClassTally:
    hands = dict.fromkeys(Mode.values, 0)
    weights = {
        Mode.SCHOOL_BUS: 0.12,
        Mode.FAMILY_VEHICLE: 0.72,
        Mode.CARPOOL: 0.1,
        Mode.TRANSIT: 0.04,
        Mode.OTHER: 0.02,
    }
    for _pupil in range(fields["enrolled"] - random.randint(0, 3)):
        if random.random() < share:
            hands[Mode.BIKE if random.random() < 0.15 else Mode.WALK] += 1
        else:
            hands[random.choices(list(weights), list(weights.values()))[0]] += 1
    return ClassTally(**fields, **{str(mode): count for mode, count in hands.items()})


def make_surveys(campuses: Sequence[Any], context: SeedContext) -> int:
    """Forms of parents at every site in spring 2012."""
    random = Random(context.random_seed + 1)  # noqa: S311 - a repeatable story, not a secret
    rows = [
        ParentSurvey(
            campus_id=campus.pk,
            number=f"P-{number:04d}",
            number_key=plain_key(f"P-{number:04d}"),
            day=WEEKS[-1][0],
            grade=random.choice(GRADES),
            distance=random.choices(Distance.values, (18, 22, 26, 18, 10, 6))[0],
            mode=random.choices(Mode.values, (26, 4, 8, 50, 8, 3, 1))[0],
            allowed=random.choices(Allowed.values, (14, 8, 34, 24, 8, 12))[0],
            changes=[
                change
                for change, chance in zip(
                    Change.values, (24, 18, 46, 38, 34, 40, 52, 44, 36, 12, 14), strict=True
                )
                if random.random() < chance / 100
            ],
            recorded_at=context.at,
            invented=True,
        )
        for campus in campuses
        for number in range(1, FORMS + 1)
    ]
    ParentSurvey.objects.bulk_create(rows, batch_size=500)
    return len(rows)
