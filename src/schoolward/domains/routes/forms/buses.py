"""Forms of walking school buses."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from schoolward.domains.routes.actions import Stop
from schoolward.domains.routes.forms.fields import SiteForm, accounts_to_choose, heads
from schoolward.domains.routes.models import BusLeader, BusStop, Direction, WalkingBus
from schoolward.platform.ui.days import DayField

WEEKDAYS = [
    ("0", _("Monday")),
    ("1", _("Tuesday")),
    ("2", _("Wednesday")),
    ("3", _("Thursday")),
    ("4", _("Friday")),
]


class BusForm(SiteForm):
    """A walking bus."""

    field_order = ("name", "campus_id")
    name = forms.CharField(label=_("The route's name"), max_length=120, help_text=_("No one's name."))
    capacity = heads(_("The most pupils that may walk along"), required=True, most=200)
    pupils_per_leader = forms.IntegerField(
        label=_("The most pupils for one leader"), min_value=1, max_value=30, initial=6
    )
    weekdays = forms.MultipleChoiceField(
        label=_("Days of walking"), choices=WEEKDAYS, widget=forms.CheckboxSelectMultiple
    )
    valid_from = DayField(label=_("First day"))
    valid_to = DayField(label=_("Last day"), required=False)

    def arguments(self) -> dict[str, Any]:
        """The arguments of the action."""
        return {**self.cleaned_data, "weekdays": [int(day) for day in self.cleaned_data["weekdays"]]}

    @staticmethod
    def initial_of(bus: WalkingBus) -> dict[str, Any]:
        """What the fields hold at first."""
        names = ("name", "campus_id", "capacity", "pupils_per_leader", "valid_from", "valid_to")
        return {
            **{name: getattr(bus, name) for name in names},
            "weekdays": [str(day) for day in bus.weekdays],
        }


class StopsForm(forms.Form):
    """The stops, a line each."""

    stops = forms.CharField(
        label=_("Stops, first to last"),
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        help_text=_(
            "A line each: time, latitude, longitude, place. The last is the school. For example: "
            "07:35, 38.5400, -121.4700, Oak Street and 5th Avenue"
        ),
    )

    def clean_stops(self) -> list[Stop]:
        """The lines as stops; a line that cannot be read is named by its number."""
        found, faults = [], []
        for number, line in enumerate(self.cleaned_data["stops"].splitlines(), start=1):
            if not line.strip():
                continue
            parts = [part.strip() for part in line.split(",", 3)]
            try:
                hour, minute = parts[0].split(":")
                found.append(Stop(parts[3], float(parts[2]), float(parts[1]), time(int(hour), int(minute))))
            except (ValueError, IndexError):
                faults.append(
                    _t("Line %(number)d is not “time, latitude, longitude, place”: %(line)s")
                    % {"number": number, "line": line[:80]}
                )
        if faults:
            raise forms.ValidationError(faults)
        return found

    @staticmethod
    def initial_of(stops: Iterable[BusStop]) -> dict[str, str]:
        """What the field holds at first."""
        return {"stops": StopsForm.text_of(stops)}

    @staticmethod
    def text_of(stops: Iterable[BusStop | Stop]) -> str:
        """Stops as the field takes them."""
        return "\n".join(
            f"{stop.leaves_at:%H:%M}, {stop.latitude:.5f}, {stop.longitude:.5f}, {stop.place}"
            for stop in stops
        )


class LeaderForm(forms.Form):
    """An account that may lead, with the two dates of its vetting."""

    account = forms.TypedChoiceField(label=_("Account"), coerce=int)
    vetted_on = DayField(
        label=_("Vetted on"),
        required=False,
        help_text=_("The day alone: no result of a vetting is kept here."),
    )
    vetted_until = DayField(label=_("Holds until"), required=False)
    valid_from = DayField(label=_("Leads from"))
    valid_to = DayField(label=_("Leads until"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["account"]
        field.choices = [("", _("Choose")), *accounts_to_choose()]

    def arguments(self) -> dict[str, Any]:
        """The arguments of the action."""
        given = dict(self.cleaned_data)
        return {"account_id": given.pop("account"), **given}


class RunForm(forms.Form):
    """A walk: how many, and who led."""

    day = DayField(label=_("Day"))
    direction = forms.ChoiceField(
        label=_("Which way"), choices=Direction.choices, widget=forms.RadioSelect, initial=Direction.ARRIVAL
    )
    pupils = heads(
        _("Pupils who walked along"),
        required=True,
        most=200,
        help_text=_("A number, no names. 0 where it did not take place."),
    )
    leaders = forms.TypedMultipleChoiceField(
        label=_("Who led"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    note = forms.CharField(
        label=_("Note"), max_length=200, required=False, help_text=_("No names of people.")
    )

    def __init__(self, *args: Any, leaders: Iterable[BusLeader], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["leaders"]
        field.choices = [(leader.pk, leader.account.name) for leader in leaders]

    def arguments(self) -> dict[str, Any]:
        """The arguments of the action."""
        given = dict(self.cleaned_data)
        return {"leader_ids": given.pop("leaders"), **given}
