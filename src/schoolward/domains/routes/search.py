"""How barriers and tallies are found, and put into words behind a number."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Model
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from schoolward.domains.routes.models import Barrier, ClassTally, Collision, WalkingBus
from schoolward.domains.routes.queries import barriers, buses
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.ui.search import Hit, RecordKind, holds_words, register


def describe_barrier(barrier: Barrier, viewer: Viewer) -> Hit:
    """Reference and title, where it is and how it stands."""
    detail = " · ".join((barrier.campus.name, barrier.place, str(barrier.get_state_display())))
    return Hit(f"{barrier.reference} {barrier.title}", reverse("routes:barrier", args=[barrier.pk]), detail)


def find_barriers(viewer: Viewer, text: str, limit: int) -> Iterable[Model]:
    """Barriers whose reference, title, place or site holds the words."""
    found = barriers(viewer).filter(holds_words(text, "reference", "title", "place", "campus__name"))
    return found.order_by("closed_on", "reference")[:limit]


def describe_tally(tally: ClassTally, viewer: Viewer) -> Hit:
    """Class and day; how many hands were raised."""
    hands = ngettext("%(count)d hand", "%(count)d hands", tally.trips) % {"count": tally.trips}
    day = date_format(tally.day, "j M Y")
    return Hit(
        f"{tally.campus.name}, {tally.class_label}, {day}",
        reverse("routes:tally", args=[tally.pk]),
        f"{tally.get_direction_display()} · {hands}",
    )


def describe_bus(bus: WalkingBus, viewer: Viewer) -> Hit:
    """The route's name and its site."""
    return Hit(bus.name, reverse("routes:bus", args=[bus.key]), bus.campus.name)


def find_buses(viewer: Viewer, text: str, limit: int) -> Iterable[Model]:
    """Walking buses whose name or site holds the words."""
    return buses(viewer).filter(holds_words(text, "name", "campus__name")).order_by("name")[:limit]


register(
    RecordKind(
        "routes.Barrier",
        _("Barriers on the way to school"),
        describe_barrier,
        find_barriers,
        related=("campus",),
        order=45,
    )
)
register(RecordKind("routes.ClassTally", _("Travel tallies"), describe_tally, related=("campus",), order=46))
register(
    RecordKind(
        "routes.WalkingBus",
        _("Walking school buses"),
        describe_bus,
        find_buses,
        related=("campus",),
        order=47,
    )
)


def describe_collision(collision: Collision, viewer: Viewer) -> Hit:
    """How grave, when and where, with its number."""
    return Hit(
        f"{collision.get_severity_display()}, {date_format(collision.day, 'j M Y')}",
        reverse("collisions:detail", args=[collision.pk]),
        " · ".join(filter(None, (collision.streets, str(collision)))),
    )


register(RecordKind("routes.Collision", _("Collisions near schools"), describe_collision, order=48))
