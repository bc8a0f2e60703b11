"""The form of the walk zones, in miles as districts state them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from schoolward.domains.routes.models import WalkZoneRule
from schoolward.platform.ui.days import DayField

MILE_M = 1_609.344
_LEVELS = ("elementary_m", "middle_m", "high_m")


def _miles(label: Any) -> forms.FloatField:
    return forms.FloatField(
        label=label, min_value=0.1, max_value=5, widget=forms.TextInput(attrs={"inputmode": "decimal"})
    )


class WalkZoneForm(forms.Form):
    """How far pupils are expected to walk, by level of school."""

    elementary_m = _miles(_("Elementary schools, in miles along streets"))
    middle_m = _miles(_("Middle and junior high schools, in miles along streets"))
    high_m = _miles(_("High schools, in miles along streets"))
    valid_from = DayField(label=_("From this day on"))
    source = forms.CharField(
        label=_("Where the district says so"),
        max_length=200,
        help_text=_("For instance the number of a board policy."),
    )

    def arguments(self) -> dict[str, Any]:
        """The arguments of the action."""
        given = self.cleaned_data
        return given | {name: round(given[name] * MILE_M, 2) for name in _LEVELS}

    @staticmethod
    def initial_of(rule: WalkZoneRule | None) -> dict[str, Any]:
        """What the fields hold at first."""
        if rule is None:
            return {}
        return {name: f"{round(getattr(rule, name) / MILE_M, 2):g}" for name in _LEVELS} | {
            "source": rule.source
        }
