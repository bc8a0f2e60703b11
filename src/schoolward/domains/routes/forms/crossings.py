"""Forms of crossings, counts, posts and guards."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from schoolward.domains.routes.actions import CROSSING_FIELDS, POST_FIELDS
from schoolward.domains.routes.forms.fields import (
    SiteForm,
    accounts_to_choose,
    agencies_to_choose,
    at_clock,
    heads,
    latitude,
    longitude,
)
from schoolward.domains.routes.models import Control, Crossing, GuardPost, Shift
from schoolward.platform.ui.days import DayField


class CrossingForm(SiteForm):
    """A crossing as the warrants ask about it."""

    place = forms.CharField(label=_("The corner"), max_length=200)
    latitude = latitude()
    longitude = longitude()
    control = forms.ChoiceField(label=_("What stops vehicles"), choices=Control.choices)
    lanes = heads(_("Lanes to cross"), required=True, most=12)
    width_ft = forms.FloatField(label=_("Curb to curb, in feet"), min_value=1, max_value=300)
    divided = forms.BooleanField(label=_("The street is divided"), required=False)
    has_refuge = forms.BooleanField(label=_("There is an island to wait on"), required=False)
    rural = forms.BooleanField(label=_("It is in the country"), required=False)
    speed_85_mph = forms.FloatField(
        label=_("Speed that 85 % do not exceed, in mph"), required=False, min_value=1, max_value=100
    )
    controlled_within_ft = forms.FloatField(
        label=_("Feet to the next controlled crossing"),
        required=False,
        min_value=0,
        max_value=100_000,
        help_text=_("Empty where there is none."),
    )

    def arguments(self) -> dict[str, Any]:
        """The arguments of the action."""
        given = self.cleaned_data
        return {
            "campus_id": given["campus_id"],
            "values": {name: given[name] for name in CROSSING_FIELDS},
        }

    @staticmethod
    def initial_of(crossing: Crossing) -> dict[str, Any]:
        """What the fields hold at first."""
        return {name: getattr(crossing, name) for name in ("campus_id", *CROSSING_FIELDS)}


class CountForm(forms.Form):
    """What was counted at a crossing."""

    day = DayField(label=_("Day"), help_text=_("A school day."))
    begins = at_clock(_("From"), _("As pupils come or go: no warrant rests on other hours."), required=True)
    minutes = forms.IntegerField(label=_("Minutes counted"), min_value=5, max_value=240, initial=60)
    vehicles = heads(_("Vehicles"), required=True, most=20_000)
    turning = heads(_("Of them turning through the crosswalk"), most=20_000)
    pupils = heads(_("Pupils who crossed"), required=True, most=5000)
    rows = forms.IntegerField(
        label=_("Rows of the larger groups"),
        min_value=1,
        max_value=20,
        initial=1,
        help_text=_("Five pupils side by side are a row."),
    )
    gaps = heads(
        _("Gaps long enough to cross"),
        most=5000,
        help_text=_("Empty where nobody counted: empty is not none."),
    )

    def arguments(self) -> dict[str, Any]:
        """The arguments of the action."""
        return {**self.cleaned_data, "turning": self.cleaned_data["turning"] or 0}


class PostForm(forms.Form):
    """Where and when a guard is to stand."""

    agency = forms.TypedChoiceField(label=_("Which agency answers for it"), coerce=int)
    morning_begins = at_clock(_("Morning, from"))
    morning_ends = at_clock(_("Morning, to"))
    afternoon_begins = at_clock(_("Afternoon, from"))
    afternoon_ends = at_clock(_("Afternoon, to"))
    guards = forms.IntegerField(label=_("How many guards it takes"), min_value=1, max_value=10, initial=1)
    valid_from = DayField(label=_("First day"))
    valid_to = DayField(label=_("Last day"), required=False)
    note = forms.CharField(
        label=_("Note"), max_length=200, required=False, help_text=_("No names of people.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["agency"]
        field.choices = agencies_to_choose()

    def arguments(self) -> dict[str, Any]:
        """The arguments of the action."""
        given = self.cleaned_data
        return {
            "agency_id": given["agency"],
            "values": {name: given[name] for name in POST_FIELDS},
        }

    @staticmethod
    def initial_of(post: GuardPost) -> dict[str, Any]:
        """What the fields hold at first."""
        return {"agency": post.agency_id, **{name: getattr(post, name) for name in POST_FIELDS}}


class AssignForm(forms.Form):
    """Who stands at a post: an account, or guards in number."""

    account = forms.TypedChoiceField(
        label=_("Account"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("Leave empty for guards whom only their agency knows."),
    )
    guards = forms.IntegerField(label=_("How many"), min_value=1, max_value=10, initial=1)
    shift = forms.ChoiceField(label=_("Which hours"), choices=Shift.choices, initial=Shift.BOTH)
    valid_from = DayField(label=_("First day"))
    valid_to = DayField(label=_("Last day"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["account"]
        field.choices = [("", _("Guards in number")), *accounts_to_choose()]

    def arguments(self) -> dict[str, Any]:
        """The arguments of the action."""
        given = dict(self.cleaned_data)
        return {"account_id": given.pop("account"), **given}


class EndForm(forms.Form):
    """The last day of an assignment."""

    last_day = DayField(label=_("Last day"))
