"""Shares, changes and states in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import template
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext as _

from schoolward.analysis.routing.direction_words import distance
from schoolward.analysis.shares import percent
from schoolward.analysis.travel import Comparison, DifferenceInDifferences, Share
from schoolward.domains.routes.models import BarrierState
from schoolward.domains.routes.queries.application.shapes import Cell

register = template.Library()
_MINUS = "\u2212"


def _signed(value: float) -> str:
    """A difference of shares in points: +4.2, or with a proper minus."""
    told = f"{abs(100 * value):.1f}"
    if told == "0.0":
        return told
    return f"+{told}" if value > 0 else f"{_MINUS}{told}"


@register.filter
def walk_minutes(minutes: int) -> str:
    """So many minutes of a walk."""
    return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}


@register.filter
def percent_of_trips(value: float) -> str:
    """A share as a percentage."""
    return percent(value)


@register.filter
def ends(share: Share) -> str:
    """The interval of a share: 18.2 % to 31 %."""
    if share.low is None or share.high is None:
        return ""
    return _("%(low)s to %(high)s") % {"low": percent(share.low), "high": percent(share.high)}


@register.filter
def points(value: float) -> str:
    """A difference of shares: +4.2 percentage points."""
    return _("%(value)s percentage points") % {"value": _signed(value)}


@register.filter
def ends_of_change(found: Comparison) -> str:
    """The interval of a difference."""
    if found.low is None or found.high is None:
        return ""
    return _("95 %% interval %(low)s to %(high)s") % {
        "low": _signed(found.low),
        "high": _signed(found.high),
    }


@register.filter
def chance(p_value: float) -> str:
    """A p-value as it may be told."""
    return _("less than 0.001") if p_value < 0.001 else f"{p_value:.3f}"


@register.filter
def said_of_change(found: Comparison) -> str:
    """The one sentence about two times."""
    if found.difference is None:
        return _("Not collected: one of the two times has no tally.")
    if found.p_value is None:
        return _("The share differs by %(points)s; too few classes to tell whether it has changed.") % {
            "points": points(found.difference)
        }
    if found.is_clear:
        word = _("rose") if found.difference > 0 else _("fell")
        return _("The share of trips on foot or by bike %(word)s by %(points)s.") % {
            "word": word,
            "points": points(abs(found.difference)).lstrip("+"),
        }
    if found.least_p is not None and found.least_p >= 0.05:
        return _("So few classes cannot show a change, however large it were.")
    return _("No change is shown: the difference of %(points)s may be chance.") % {
        "points": points(found.difference)
    }


@register.filter
def said_of_beyond(found: DifferenceInDifferences) -> str:
    """The change at a fixed site less that at the others."""
    if found.difference is None:
        return _("Not collected: the other sites have no tally in one of the two years.")
    told = points(found.difference)
    if found.low is None or found.high is None:
        return _("%(points)s more than elsewhere; too few classes for an interval.") % {"points": told}
    said = _("%(points)s more than elsewhere (95 %% interval %(low)s to %(high)s).") % {
        "points": told,
        "low": _signed(found.low),
        "high": _signed(found.high),
    }
    if found.low <= 0 <= found.high:
        return f"{said} " + _("It holds 0: no effect is shown.")
    return said


@register.filter
def barrier_state(state: str) -> str:
    """A state in words."""
    return str(dict(BarrierState.choices).get(state, state))


@register.filter
def walk_length(metres: float) -> str:
    """A length as walkers here tell it, and in meters."""
    return distance(metres, gettext)


@register.filter
def miles(metres: float) -> str:
    """A distance as a district states it: 1.5 miles."""
    shown = round(metres / 1609.344, 2)
    return ngettext("%(miles)s mile", "%(miles)s miles", 1 if shown == 1 else 2) % {"miles": f"{shown:g}"}


@register.filter
def stress_saved(answer: Mapping[str, Any]) -> str:
    """By what share the safest way has less stress than the shortest: 34 %."""
    return percent(max(0.0, 1 - answer["safest"]["stress"] / answer["shortest"]["stress"]))


@register.filter
def help_words(help_: Sequence[str]) -> str:
    """What helps across a road, in words."""
    words = {"signal": _("signal"), "crosswalk": _("marked crosswalk"), "island": _("island")}
    return ", ".join(words[one] for one in help_)


@register.filter
def application_value(cell: Cell) -> str:
    """A cell of an application's table: numbers grouped, days in words."""
    if isinstance(cell.value, date):
        return date_format(cell.value, "M j, Y").replace(" ", "\u00a0")
    return cell.number if cell.is_number else str(cell.value)
