"""The form for an everyday incident: eight fields, most of them chosen, none for a person's name."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from schoolward.domains.incidents.actions import IncidentDraft
from schoolward.domains.incidents.models import Category
from schoolward.domains.places.queries import campus_names
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.ui.days import DayField

EVERYDAY: tuple[str, ...] = (
    Category.ASSAULT,
    Category.THREATS,
    Category.VANDALISM,
    Category.THEFT,
    Category.DISORDER,
    Category.DRUGS,
    Category.WEAPONS,
)
"""What happens most at schools, put first in the list."""


def _categories() -> list[tuple[str, Any]]:
    labels = dict(Category.choices)
    first = [(key, labels[key]) for key in EVERYDAY]
    rest = [(key, label) for key, label in Category.choices if key not in EVERYDAY]
    return [("", _("Choose")), (str(_("Most often")), first), (str(_("All others")), rest)]


class IncidentForm(forms.Form):
    """When, where, what. The site picker offers the viewer's own sites."""

    called_here = {"occurred_at": "day"}
    day = DayField(label=_("Day"), widget=forms.DateInput())
    time = forms.TimeField(
        label=_("Time"), widget=forms.TimeInput(), help_text=_("Local time; about is fine.")
    )
    campus = forms.TypedChoiceField(label=_("Site"), required=False, coerce=int, empty_value=None)
    address = forms.CharField(
        label=_("Address"),
        required=False,
        max_length=160,
        help_text=_("Only if it did not happen at a site: “3500 Florin Road”, or a crossing, “A St / B St”."),
    )
    spot = forms.CharField(
        label=_("Where on the site"), required=False, max_length=80, help_text=_("For example: north gate.")
    )
    category = forms.ChoiceField(label=_("What happened"), choices=_categories)
    description = forms.CharField(
        label=_("In a few words"),
        required=False,
        max_length=200,
        help_text=_("What was done, not who did it: no names and nothing that tells who somebody is."),
    )
    case_number = forms.CharField(label=_("Police case number"), required=False, max_length=40)

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = campus_names()
        own = (
            names if viewer.campus_ids is None else {pk: names[pk] for pk in names if pk in viewer.campus_ids}
        )
        field: Any = self.fields["campus"]
        field.choices = (
            [("", _("Not at a site")), *own.items()] if viewer.campus_ids is None else [*own.items()]
        )
        if viewer.campus_ids is not None:
            del self.fields["address"]

    def clean(self) -> dict[str, Any]:
        """The clock must have shown the time on that day: an hour is skipped where summer time begins."""
        given = super().clean() or {}
        if given.get("day") and given.get("time"):
            told = datetime.combine(given["day"], given["time"])
            shown = timezone.localtime(timezone.make_aware(told).astimezone(UTC)).replace(tzinfo=None)
            if shown != told:
                self.add_error(
                    "time",
                    _("The clock skipped this time on that day, when summer time began. Check the time."),
                )
        return given

    def draft(self) -> IncidentDraft:
        """What was entered, for the action."""
        given = self.cleaned_data
        moment = timezone.make_aware(datetime.combine(given["day"], given["time"]))
        return IncidentDraft(
            occurred_at=moment,
            category=given["category"],
            campus_id=given["campus"],
            address=given.get("address", ""),
            description=given["description"],
            spot=given["spot"],
            case_number=given["case_number"],
        )


class TrendForm(forms.Form):
    """What the trends page counts."""

    first = DayField(label=_("From month"), required=False, widget=forms.DateInput())
    last = DayField(label=_("To month"), required=False, widget=forms.DateInput())
    campus = forms.TypedChoiceField(label=_("Site"), required=False, coerce=int, empty_value=None)
    category = forms.ChoiceField(
        label=_("What happened"), required=False, choices=[("", _("Everything")), *Category.choices]
    )
    where = forms.ChoiceField(
        label=_("Where"),
        required=False,
        choices=[
            ("", _("Anywhere")),
            ("at", _("At a site's address")),
            ("near", _("Within 1,000 feet of a site")),
        ],
    )
    hours = forms.BooleanField(label=_("In school hours only"), required=False)

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = campus_names()
        own = (
            names if viewer.campus_ids is None else {pk: names[pk] for pk in names if pk in viewer.campus_ids}
        )
        field: Any = self.fields["campus"]
        field.choices = [("", _("All sites")), *own.items()]

    def clean(self) -> dict[str, Any]:
        """The span must run forward."""
        given = super().clean() or {}
        if given.get("first") and given.get("last") and given["first"] > given["last"]:
            self.add_error("last", _("The last month lies before the first."))
        return given
