"""What kinds of program there are, and what each kind has. Pure: pages, actions and measures ask here."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """How young people take part; it decides what is counted."""

    EVENT = "event", _("Drop-in event")
    TEAM = "team", _("Team or season")
    CURRICULUM = "curriculum", _("Curriculum")
    CLASS = "class", _("Class with seats")
    CASE = "case", _("Individual case service")
    THERAPY = "therapy", _("Therapy by a provider")


@dataclass(frozen=True)
class Shape:
    """What a kind has.

    ``sessions``: meetings with a day, whose heads are counted. ``seats``: young people are registered, as a
    number. ``dosage``: there is a plan of sessions and minutes to hold the delivery against. ``fidelity``: a
    checklist tells whether it was taught as written. ``explained`` says in one sentence what is kept.
    """

    sessions: bool
    seats: bool
    dosage: bool
    fidelity: bool
    explained: object


SHAPES: dict[str, Shape] = {
    Kind.EVENT: Shape(
        sessions=True,
        seats=False,
        dosage=False,
        fidelity=False,
        explained=_("Open to whoever comes: heads are counted, nobody is registered."),
    ),
    Kind.TEAM: Shape(
        sessions=True,
        seats=True,
        dosage=True,
        fidelity=False,
        explained=_("A season of practices: how many are registered and how many came. No names here."),
    ),
    Kind.CURRICULUM: Shape(
        sessions=True,
        seats=True,
        dosage=True,
        fidelity=True,
        explained=_(
            "A fixed number of lessons: how many came, for how long, and whether it was taught as written."
        ),
    ),
    Kind.CLASS: Shape(
        sessions=True,
        seats=True,
        dosage=True,
        fidelity=False,
        explained=_("A day with seats: how many are taken, how many young people and parents came."),
    ),
    Kind.CASE: Shape(
        sessions=False,
        seats=False,
        dosage=False,
        fidelity=False,
        explained=_("One family at a time: only places, how many are taken and how many wait are kept here."),
    ),
    Kind.THERAPY: Shape(
        sessions=False,
        seats=False,
        dosage=False,
        fidelity=False,
        explained=_(
            "A provider's treatment: only whether it takes new families. Everything else stays with "
            "the provider."
        ),
    ),
}

WITH_SESSIONS = tuple(kind for kind, shape in SHAPES.items() if shape.sessions)
WITH_SEATS = tuple(kind for kind, shape in SHAPES.items() if shape.seats)
WITH_DOSAGE = tuple(kind for kind, shape in SHAPES.items() if shape.dosage)
WITH_FIDELITY = tuple(kind for kind, shape in SHAPES.items() if shape.fidelity)


def shape_of(kind: str) -> Shape:
    """What a kind has."""
    return SHAPES[kind]
