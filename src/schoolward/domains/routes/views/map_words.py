"""What a school's map says: switches, signs, words of its codes, headings of its lists."""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schoolward.analysis.school_map.listing import Crossed, Listing, Stretch

#: Groups of layers that a reader may hide; `frontend/map/route-layers.js` has what each holds.
SWITCHES: list[tuple[str, Promise]] = [
    ("suggested", gettext_lazy("Suggested streets")),
    ("avoid", gettext_lazy("What to keep away from")),
    ("crossings", gettext_lazy("Signals, crosswalks, islands")),
    ("guards", gettext_lazy("Crossing guards")),
    ("sidewalks", gettext_lazy("Where a sidewalk is missing")),
    ("speeds", gettext_lazy("Speed limits")),
    ("zone", gettext_lazy("Walk zone")),
]
#: Pictures in `static/routes/signs`.
SIGNS: list[tuple[str, Promise]] = [
    ("entrance", gettext_lazy("School")),
    ("guard", gettext_lazy("Crossing guard")),
    ("signal", gettext_lazy("Traffic signal")),
    ("crosswalk", gettext_lazy("Marked crosswalk")),
    ("island", gettext_lazy("Island in the middle of the road")),
    ("hazard", gettext_lazy("Keep away: a barrier, or somebody was badly hurt")),
]


def crossings(lists: Listing) -> list[tuple[str, tuple[Crossed, ...]]]:
    """Places to cross under their headings, the safest first."""
    return [
        (_("At a traffic signal"), lists.signals),
        (_("At a marked crosswalk"), lists.crosswalks),
        (_("With an island in the middle"), lists.islands),
    ]


def sidewalks(lists: Listing) -> list[tuple[str, tuple[Stretch, ...]]]:
    """Streets under what is known of their sidewalks, what matters most first."""
    return [
        (_("No sidewalk"), lists.without_sidewalk),
        (_("Not known"), lists.sidewalk_unknown),
        (_("With a sidewalk"), lists.with_sidewalk),
    ]


def words() -> dict[str, Any]:
    """What the map says of its codes when one taps it."""
    return {
        "layer": {
            "signal": _("Traffic signal"),
            "crosswalk": _("Marked crosswalk"),
            "island": _("Island in the middle of the road"),
            "guard": _("Crossing guard"),
            "hazard": _("Keep away"),
            "avoid": _("Keep away"),
            "entrance": _("School"),
        },
        "help": {"signal": _("signal"), "crosswalk": _("marked crosswalk"), "island": _("island")},
        "class": {
            "path": _("Footpath"),
            "steps": _("Steps"),
            "pedestrian": _("Walkway"),
            "cycleway": _("Bike path"),
            "track": _("Track"),
            "living_street": _("Shared street"),
            "service": _("Driveway or alley"),
            "residential": _("Residential street"),
            "unclassified": _("Small road"),
            "tertiary": _("Collector street"),
            "secondary": _("Main street"),
            "primary": _("Major street"),
            "trunk": _("Highway"),
        },
        "sidewalk": {
            "both": _("sidewalk on both sides"),
            "one": _("sidewalk on one side"),
            "separate": _("sidewalk drawn beside it"),
            "none": _("no sidewalk"),
            "unknown": _("sidewalk not known"),
        },
    }
