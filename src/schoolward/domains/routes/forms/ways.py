"""The question "the safest way from here": a position, or a corner by the names of two streets."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schoolward.analysis.routing.corners import CornerProblem
from schoolward.analysis.routing.tradeoff import DETOURS
from schoolward.domains.routes.queries.school_maps import SchoolMap

_NUMBERS = re.compile(r"\s*(-?\d{1,3}(?:\.\d+)?)\s*[,; ]\s*(-?\d{1,3}(?:\.\d+)?)\s*$")
USUAL_DETOUR = 1.3


class WayForm(forms.Form):
    """Where from, and how much longer than the shortest walk the safest may be. What is given is not kept."""

    keeps_nothing = True

    place = forms.CharField(
        label=gettext_lazy("Where do you start?"),
        help_text=gettext_lazy("A corner near you, such as “Oak St & 5th Ave”, or latitude and longitude."),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    latitude = forms.FloatField(min_value=-90, max_value=90, required=False, widget=forms.HiddenInput)
    longitude = forms.FloatField(min_value=-180, max_value=180, required=False, widget=forms.HiddenInput)
    detour = forms.ChoiceField(
        label=gettext_lazy("How much longer may the safest way be?"),
        initial=str(USUAL_DETOUR),
        required=False,
        choices=[
            (
                str(times),
                gettext_lazy("no longer than the shortest")
                if times == 1
                else format_lazy(gettext_lazy("up to {percent} % longer"), percent=round(100 * (times - 1))),
            )
            for times in DETOURS
        ],
    )

    def __init__(self, *args: Any, asked: SchoolMap, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._asked = asked

    def clean_detour(self) -> float:
        """The usual one where none is given."""
        return float(self.cleaned_data["detour"] or USUAL_DETOUR)

    def clean(self) -> dict[str, Any]:
        """Adds ``start``: longitude and latitude. What is typed counts before what the phone told."""
        given = super().clean() or {}
        if self.errors:
            return given
        typed = given.get("place", "").strip()
        if typed:
            given["start"] = self._typed(typed)
        elif given.get("latitude") is not None and given.get("longitude") is not None:
            given["start"] = (given["longitude"], given["latitude"])
        else:
            self.add_error("place", _("Say where you start: your position, a place on the map, or a corner."))
        return given

    def _typed(self, typed: str) -> tuple[float, float] | None:
        numbers = _NUMBERS.match(typed)
        if numbers:
            first, second = float(numbers[1]), float(numbers[2])
            latitude, longitude = (second, first) if abs(first) > 90 else (first, second)
            if abs(latitude) > 90 or abs(longitude) > 180:
                self.add_error("place", _("These are no degrees: latitude first, then longitude."))
                return None
            return longitude, latitude
        try:
            corner = self._asked.ground.corners.find(typed, near=self._asked.site.entrance)
        except CornerProblem as problem:
            self.add_error("place", _no_corner(problem))
            return None
        return corner.longitude, corner.latitude


def _no_corner(problem: CornerProblem) -> str:
    if not problem.is_pair:
        return _("Name two streets that meet, with “&” between them: “Oak St & 5th Ave”.")
    if not problem.street:
        return _("These two streets do not meet on our map. Name another corner.")
    told = _("No corner with a street of this name is on our map: %(street)s.") % {"street": problem.street}
    if not problem.near:
        return told
    return f"{told} " + _("Did you mean %(streets)s?") % {"streets": ", ".join(problem.near)}
