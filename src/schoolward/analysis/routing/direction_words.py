"""Steps of a way in words, ready for translation: give Django's `gettext` as `say`.

`gettext_noop` marks a sentence for the collection of messages, as Django's function of that name does; this
room knows no Django.
"""

from __future__ import annotations

from collections.abc import Callable

from schoolward.analysis.routing.directions import Along, Step, Turn
from schoolward.analysis.routing.street_tags import Crossing, Street

__all__ = ["distance", "sentence"]

Say = Callable[[str], str]
FEET_A_METRE = 1 / 0.3048
FEET_A_MILE = 5280


def gettext_noop(message: str) -> str:
    """The message as it is."""
    return message


_ALONG = {
    Turn.START: gettext_noop("Walk along %(street)s for %(distance)s."),
    Turn.ON: gettext_noop("Go straight on along %(street)s for %(distance)s."),
    Turn.LEFT: gettext_noop("Turn left: along %(street)s for %(distance)s."),
    Turn.RIGHT: gettext_noop("Turn right: along %(street)s for %(distance)s."),
}
_NO_PAVEMENT = gettext_noop("There is no sidewalk for %(distance)s.")
_CROSS = {
    Crossing.SIGNAL: gettext_noop("Cross %(street)s at the signal."),
    Crossing.SIGNAL | Crossing.ISLAND: gettext_noop(
        "Cross %(street)s at the signal; there is an island in the middle."
    ),
    Crossing.MARKED: gettext_noop("Cross %(street)s at the marked crosswalk."),
    Crossing.MARKED | Crossing.ISLAND: gettext_noop(
        "Cross %(street)s at the marked crosswalk; there is an island in the middle."
    ),
    Crossing.ISLAND: gettext_noop(
        "Cross %(street)s where there is an island in the middle; nothing is marked."
    ),
    Crossing(0): gettext_noop("Cross %(street)s with care: no signal and no marked crosswalk is known here."),
}
_GUARD = gettext_noop("A crossing guard stands here (%(hours)s).")
_UNNAMED = {
    Street.PATH: gettext_noop("a footpath"),
    Street.STEPS: gettext_noop("steps"),
    Street.PEDESTRIAN: gettext_noop("a walkway"),
    Street.CYCLEWAY: gettext_noop("a bike path"),
    Street.TRACK: gettext_noop("a track"),
    Street.SERVICE: gettext_noop("a driveway or alley"),
}
_OTHER = gettext_noop("a street without a name on the map")


def sentence(step: Step, say: Say = str) -> str:
    """One step as a sentence or two."""
    if isinstance(step, Along):
        told = say(_ALONG[step.turn]) % {"street": _street(step, say), "distance": distance(step.metres, say)}
        if step.without_pavement_m < 1:
            return told
        return f"{told} {say(_NO_PAVEMENT) % {'distance': distance(step.without_pavement_m, say)}}"
    # A signal's own markings are told with it.
    help_ = step.help & ~Crossing.MARKED if step.help & Crossing.SIGNAL else step.help
    told = say(_CROSS[help_]) % {"street": _street(step, say)}
    return f"{told} {say(_GUARD) % {'hours': step.guard}}" if step.guard else told


_SHORT_FT = 30.0  # what is shorter is told to a foot


def distance(metres: float, say: Say = str) -> str:
    """A length as people here tell it, and in metres beside it: "790 ft (240 m)", "0.8 mi (1.3 km)"."""
    feet = metres * FEET_A_METRE
    if feet < FEET_A_MILE / 4:
        given = {
            "feet": f"{round(feet, -1 if feet >= _SHORT_FT else None) or 1:,.0f}",
            "metres": f"{max(1, _rounded(metres)):.0f}",
        }
        return say(gettext_noop("%(feet)s ft (%(metres)s m)")) % given
    given = {"miles": f"{feet / FEET_A_MILE:.1f}", "km": f"{metres / 1000:.1f}"}
    if metres < 950:
        return say(gettext_noop("%(miles)s mi (%(metres)s m)")) % {
            **given,
            "metres": f"{_rounded(metres):.0f}",
        }
    return say(gettext_noop("%(miles)s mi (%(km)s km)")) % given


def _rounded(metres: float) -> float:
    """To five metres, or to ten from a hundred on; what is shorter as it is."""
    return round(metres) if metres < 20 else 5 * round(metres / 5) if metres < 100 else round(metres, -1)


def _street(step: Step, say: Say) -> str:
    return step.street or say(_UNNAMED.get(step.kind, _OTHER))
