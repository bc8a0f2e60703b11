"""The portfolio on the map: one fact of each site as a shade, a number in its circle, and words beside it.

The shades stand in the order of their legend. What nobody has looked at is a ring without filling, never the
colour of what is bad.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from schoolward.domains.assessments.queries.portfolio import CampusLine
from schoolward.domains.assessments.wording import SEVERITIES, severity_label

Text = str | Promise


class Shade(StrEnum):
    """Which fact the map shows."""

    SCORE = "score"
    OBSERVED = "observed"
    FINDINGS = "findings"
    VERIFIED = "verified"


SHADES: tuple[tuple[Shade, Text], ...] = (
    (Shade.SCORE, gettext_lazy("Score")),
    (Shade.OBSERVED, gettext_lazy("Share observed")),
    (Shade.FINDINGS, gettext_lazy("Unresolved findings")),
    (Shade.VERIFIED, gettext_lazy("Share verified")),
)

# From what needs somebody to what is well; each differs from its neighbours in lightness as well. The
# number on them is white on the dark ones and dark on the pale ones (4.5 to 1).
_WORST, _BAD, _FAIR, _LIGHT, _GOOD = "#b50909", "#c05600", "#f2c94c", "#8fc7cf", "#00687d"
# From little to all of something, where little is not bad.
_SOME = ("#c9e3e8", "#8fc7cf", "#2e7d8c", "#00687d", "#08333d")
_PALE = frozenset({_FAIR, _LIGHT, _SOME[0]})


@dataclass(frozen=True)
class ShadeClass:
    """One entry of the legend. ``colour`` is empty for a ring: nothing is known of the site."""

    label: str
    colour: str

    @property
    def is_ring(self) -> bool:
        """Whether it is drawn as a ring without filling."""
        return not self.colour

    @property
    def is_pale(self) -> bool:
        """Whether it needs a dark outline to be seen, and dark text on it."""
        return self.is_ring or self.colour in _PALE


@dataclass(frozen=True)
class Shaded:
    """A site's class, the number in its circle (empty where there is none), and the fact in words."""

    entry: ShadeClass
    value: str
    words: str


def classes(shade: Shade) -> list[ShadeClass]:
    """The legend of a shade."""
    if shade is Shade.SCORE:
        return [
            ShadeClass(_("85 and more"), _GOOD),
            ShadeClass(_("70 to 84"), _LIGHT),
            ShadeClass(_("50 to 69"), _FAIR),
            ShadeClass(_("under 50"), _WORST),
            ShadeClass(_("no score"), ""),
        ]
    if shade is Shade.OBSERVED:
        return [
            ShadeClass(_("95 % and more"), _SOME[4]),
            ShadeClass(_("85 to 94 %"), _SOME[3]),
            ShadeClass(_("70 to 84 %"), _SOME[2]),
            ShadeClass(_("under 70 %"), _SOME[1]),
            ShadeClass(_("not assessed in 24 months, or not rated"), ""),
        ]
    if shade is Shade.FINDINGS:
        worst_first = zip(SEVERITIES, (_WORST, _BAD, _FAIR, _LIGHT), strict=True)
        named = [
            ShadeClass(_("gravest: %(severity)s") % {"severity": str(label).lower()}, colour)
            for (_key, label), colour in worst_first
        ]
        return [*named, ShadeClass(_("none unresolved"), _GOOD), ShadeClass(_("never assessed"), "")]
    return [
        ShadeClass(_("all"), _SOME[4]),
        ShadeClass(_("75 to 99 %"), _SOME[3]),
        ShadeClass(_("50 to 74 %"), _SOME[2]),
        ShadeClass(_("25 to 49 %"), _SOME[1]),
        ShadeClass(_("under 25 %"), _SOME[0]),
        ShadeClass(_("no recommendation"), ""),
    ]


def shaded(line: CampusLine, shade: Shade) -> Shaded:
    """How a site is drawn."""
    return _OF[shade](line)


def _by_floor(shade: Shade, value: float | None, floors: Iterable[float], words: str) -> Shaded:
    """The first class whose floor the value reaches; the ring, which is last, where there is no value."""
    entries = classes(shade)
    if value is None:
        return Shaded(entries[-1], "", words)
    place = next((at for at, floor in enumerate(floors) if value >= floor), len(entries) - 2)
    return Shaded(entries[place], str(int(value)), words)


def _score(line: CampusLine) -> Shaded:
    last = line.scored
    if last is None or last.score is None:
        return _by_floor(Shade.SCORE, None, (), _("No score"))
    words = _("Score %(score)d; the unseen could make it %(low)d to %(high)d") % {
        "score": last.score,
        "low": last.low or 0,
        "high": last.high or 0,
    }
    return _by_floor(Shade.SCORE, last.score, (85, 70, 50), words)


def _observed(line: CampusLine) -> Shaded:
    last = line.scored
    if line.last is None:
        return _by_floor(Shade.OBSERVED, None, (), _("Never assessed"))
    if not line.is_covered:
        return _by_floor(Shade.OBSERVED, None, (), _("Last assessed over 24 months ago"))
    if last is None or last.coverage is None:
        return _by_floor(Shade.OBSERVED, None, (), _("Assessed, but nothing was rated"))
    words = _("%(share)d %% of the items observed") % {"share": last.coverage}
    return _by_floor(Shade.OBSERVED, last.coverage, (95, 85, 70), words)


def _findings(line: CampusLine) -> Shaded:
    entries = classes(Shade.FINDINGS)
    if line.last is None and not line.unresolved:
        return Shaded(entries[-1], "", _("Never assessed"))
    keys = [str(key) for key, _label in SEVERITIES]
    there = [key for key in keys if line.by_severity.get(key)]
    place = keys.index(there[0]) if there else len(keys)
    told = ngettext("%(n)d unresolved finding", "%(n)d unresolved findings", line.unresolved)
    words = told % {"n": line.unresolved}
    if there:
        parts = [f"{line.by_severity[key]} {severity_label(key).lower()}" for key in there]
        words = f"{words}: {', '.join(parts)}"
    return Shaded(entries[place], str(line.unresolved), words)


def _verified(line: CampusLine) -> Shaded:
    if line.progress is None or line.percent is None:
        return _by_floor(Shade.VERIFIED, None, (), _("No recommendation"))
    asked = line.progress.total - line.progress.declined
    words = _("%(verified)d of %(asked)d recommendations verified") % {
        "verified": line.progress.verified,
        "asked": asked,
    }
    return _by_floor(Shade.VERIFIED, line.percent, (100, 75, 50, 25, 0), words)


_OF: dict[Shade, Callable[[CampusLine], Shaded]] = {
    Shade.SCORE: _score,
    Shade.OBSERVED: _observed,
    Shade.FINDINGS: _findings,
    Shade.VERIFIED: _verified,
}


def on_the_map(lines: Iterable[CampusLine], shade: Shade) -> dict[str, Any]:
    """The sites that have a place as GeoJSON (RFC 7946), each with its shade, number, words and page."""
    entries = classes(shade)
    # What needs somebody is drawn over what does not, and what is known over what is not. No two ranks are
    # alike, so that of two circles that overlap the upper one keeps its number.
    upward = -1 if shade is Shade.FINDINGS else 1
    features = []
    placed = [
        line for line in lines if line.campus.longitude is not None and line.campus.latitude is not None
    ]
    for at, line in enumerate(placed):
        campus = line.campus
        drawn = shaded(line, shade)
        place = -len(entries) if drawn.entry.is_ring else upward * entries.index(drawn.entry)
        features.append(
            {
                "type": "Feature",
                "id": campus.pk,
                "geometry": {"type": "Point", "coordinates": [campus.longitude, campus.latitude]},
                "properties": {
                    "name": campus.name,
                    "detail": drawn.words,
                    "value": drawn.value,
                    "colour": drawn.entry.colour or "#ffffff",
                    "is_pale": drawn.entry.is_pale,
                    "rank": len(placed) * place + at,
                    "url": reverse("places:detail", args=[campus.slug]),
                },
            }
        )
    return {"type": "FeatureCollection", "features": features}
