"""Red, amber, green or grey: worked out from facts, never typed.

A colour that people choose drifts towards green. Here a rule reads the dates, the obstacles and the linked
measure, and says in one sentence why. A lead may override the rule, but then gives a reason and evidence,
and the page shows both colours. A colour that nobody has confirmed lately is grey: an old status is never
green.

Plain Python: facts in, result out. The thresholds carry a version, because a status of 2012 is read by the
rule of 2012.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

#: Raise this when a threshold below changes; every stored status keeps the version that judged it.
RULE_VERSION = 1

FRESH_FOR_DAYS = 14
RED_AFTER_DAYS_OVERDUE = 30
AMBER_AFTER_DAYS_SLIPPED = 30
RED_AFTER_DAYS_SLIPPED = 180
RED_AFTER_DAYS_BLOCKED = 45
RED_BELOW_SHARE_OF_EXPECTED_GAIN = Decimal("0.5")


class Colour(StrEnum):
    """What a reader sees first. The sentence beside it says the same in words."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    GREY = "grey"


@dataclass(frozen=True, kw_only=True)
class Step:
    """A milestone: what was to be reached, when, and when it was."""

    title: str
    due: date
    done_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Obstacle:
    """Something that holds the initiative up and that somebody else must clear."""

    title: str
    opened_on: date
    cleared_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Target:
    """A linked measure: where it started, where it should be by when, and where it is (None: not
    collected).
    """

    title: str
    baseline: Decimal
    baseline_on: date
    target: Decimal
    due: date
    actual: Decimal | None


@dataclass(frozen=True, kw_only=True)
class Facts:
    """Everything that the rule looks at, as known on the day `on`."""

    on: date
    start: date | None
    due: date | None
    first_due: date | None = None
    closed_on: date | None = None
    last_update_on: date | None = None
    steps: tuple[Step, ...] = ()
    obstacles: tuple[Obstacle, ...] = ()
    targets: tuple[Target, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Result:
    """The rule's verdict: a colour, one sentence, and every reason with the colour it argues for."""

    colour: Colour
    sentence: str
    reasons: tuple[tuple[Colour, str], ...] = field(default=())
    stale: bool = False
    rule_version: int = RULE_VERSION


def judge(facts: Facts) -> Result:
    """Judge an initiative on one day.

    The worst reason decides. Without a fresh status update (at most `FRESH_FOR_DAYS` old) the result is grey,
    except where the facts themselves say red: being silent must not hide an overdue milestone.
    """
    if facts.closed_on is not None and facts.closed_on <= facts.on:
        return Result(colour=Colour.GREEN, sentence=f"Closed on {_day(facts.closed_on)}.")
    if facts.start is None or facts.start > facts.on:
        begins = "no start date is set" if facts.start is None else f"it starts on {_day(facts.start)}"
        return Result(colour=Colour.GREY, sentence=f"Not under way yet: {begins}.")
    reasons = (
        *_from_due_date(facts),
        *_from_steps(facts),
        *_from_slip(facts),
        *_from_obstacles(facts),
        *_from_targets(facts),
    )
    reds = [sentence for colour, sentence in reasons if colour is Colour.RED]
    ambers = [sentence for colour, sentence in reasons if colour is Colour.AMBER]
    age = None if facts.last_update_on is None else (facts.on - facts.last_update_on).days
    stale = age is None or age > FRESH_FOR_DAYS
    if reds:
        return Result(colour=Colour.RED, sentence=_join(reds), reasons=reasons, stale=stale)
    if stale:
        told = (
            "Nobody has reported on it yet" if age is None else f"Nobody has reported on it for {_days(age)}"
        )
        return Result(
            colour=Colour.GREY, sentence=f"{told}, so its state is not known.", reasons=reasons, stale=True
        )
    if ambers:
        return Result(colour=Colour.AMBER, sentence=_join(ambers), reasons=reasons)
    return Result(colour=Colour.GREEN, sentence=_all_well(facts), reasons=reasons)


def _from_due_date(facts: Facts) -> list[tuple[Colour, str]]:
    if facts.due is None or facts.due >= facts.on:
        return []
    late = (facts.on - facts.due).days
    colour = Colour.RED if late > RED_AFTER_DAYS_OVERDUE else Colour.AMBER
    return [(colour, f"It was due on {_day(facts.due)}, {_days(late)} ago.")]


def _from_steps(facts: Facts) -> list[tuple[Colour, str]]:
    overdue = [
        step
        for step in facts.steps
        if step.due < facts.on and (step.done_on is None or step.done_on > facts.on)
    ]
    if not overdue:
        return []
    oldest = min(overdue, key=lambda step: step.due)
    late = (facts.on - oldest.due).days
    colour = Colour.RED if late > RED_AFTER_DAYS_OVERDUE else Colour.AMBER
    if len(overdue) == 1:
        return [(colour, f"The milestone “{oldest.title}” is {_days(late)} overdue.")]
    return [(colour, f"{len(overdue)} milestones are overdue, “{oldest.title}” by {_days(late)}.")]


def _from_slip(facts: Facts) -> list[tuple[Colour, str]]:
    if facts.due is None or facts.first_due is None:
        return []
    slip = (facts.due - facts.first_due).days
    if slip <= AMBER_AFTER_DAYS_SLIPPED:
        return []
    colour = Colour.RED if slip > RED_AFTER_DAYS_SLIPPED else Colour.AMBER
    return [(colour, f"Its due date has moved by {_days(slip)} since it was first set.")]


def _from_obstacles(facts: Facts) -> list[tuple[Colour, str]]:
    standing = [
        obstacle
        for obstacle in facts.obstacles
        if obstacle.opened_on <= facts.on and (obstacle.cleared_on is None or obstacle.cleared_on > facts.on)
    ]
    if not standing:
        return []
    oldest = min(standing, key=lambda obstacle: obstacle.opened_on)
    age = (facts.on - oldest.opened_on).days
    colour = Colour.RED if age > RED_AFTER_DAYS_BLOCKED else Colour.AMBER
    others = "" if len(standing) == 1 else f" (and {len(standing) - 1} more)"
    return [(colour, f"It has been held up for {_days(age)} by “{oldest.title}”{others}.")]


def _from_targets(facts: Facts) -> list[tuple[Colour, str]]:
    """Compare each measure with the straight line from its baseline to its target."""
    reasons: list[tuple[Colour, str]] = []
    for target in facts.targets:
        if target.actual is None or facts.on <= target.baseline_on or target.due <= target.baseline_on:
            continue
        span = Decimal((target.due - target.baseline_on).days)
        elapsed = min(Decimal(1), Decimal((facts.on - target.baseline_on).days) / span)
        expected_gain = (target.target - target.baseline) * elapsed
        gain = target.actual - target.baseline
        if expected_gain == 0:
            continue
        share = gain / expected_gain
        if share >= 1:
            continue
        colour = Colour.RED if share < RED_BELOW_SHARE_OF_EXPECTED_GAIN else Colour.AMBER
        line = (target.baseline + expected_gain).quantize(Decimal("0.1"))
        actual = target.actual.quantize(Decimal("0.1"))
        reasons.append(
            (colour, f"{target.title} stands at {actual}; the way to its target asks for {line} by now.")
        )
    return reasons


def _all_well(facts: Facts) -> str:
    ahead = [step for step in facts.steps if step.done_on is None or step.done_on > facts.on]
    if not ahead:
        return "Every milestone is reached and nothing holds it up."
    following = min(ahead, key=lambda step: step.due)
    return f"On time: the next milestone, “{following.title}”, is due on {_day(following.due)}."


def _join(sentences: list[str]) -> str:
    return " ".join(sentences)


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


def _day(value: date) -> str:
    return f"{value:%B} {value.day}, {value.year}"
