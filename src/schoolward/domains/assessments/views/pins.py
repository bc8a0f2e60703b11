"""Photographs pinned on the plan of their site: each plan with its numbered pins."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from schoolward.domains.assessments.models import AnswerPhoto, SitePlan


@dataclass(frozen=True)
class Pin:
    """One photograph on a plan. ``left`` and ``top`` are percent of the plan's width and height."""

    number: int
    photo: AnswerPhoto
    left: float
    top: float


@dataclass(frozen=True)
class PinnedPlan:
    """A plan and what is pinned on it."""

    plan: SitePlan
    pins: list[Pin] = field(default_factory=list)


def pinned_plans(photos: Iterable[AnswerPhoto]) -> list[PinnedPlan]:
    """The plans on which any of these photographs are pinned, the newest plan last.

    Pins are numbered through in the order of the photographs, so that a number means one picture on the page.
    """
    found: dict[int, PinnedPlan] = {}
    number = 0
    for photo in photos:
        if photo.plan is None or photo.plan_x is None or photo.plan_y is None:
            continue
        number += 1
        held = found.setdefault(photo.plan.pk, PinnedPlan(photo.plan))
        held.pins.append(Pin(number, photo, round(100 * photo.plan_x, 2), round(100 * photo.plan_y, 2)))
    return [found[pk] for pk in sorted(found)]


@dataclass(frozen=True)
class ShownPhoto:
    """A photograph in a list, with the number of its pin; 0 where it has none."""

    photo: AnswerPhoto
    number: int


def photos_with_pins(photos: Iterable[AnswerPhoto]) -> dict[str, object]:
    """What a page needs to show photographs and, under them, the plans with their pins."""
    held = list(photos)
    pinned = pinned_plans(held)
    numbers = {pin.photo.pk: pin.number for plan in pinned for pin in plan.pins}
    return {"shown_photos": [ShownPhoto(one, numbers.get(one.pk, 0)) for one in held], "pinned": pinned}
