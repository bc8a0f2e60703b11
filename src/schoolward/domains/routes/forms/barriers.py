"""Forms of barriers and recommendations."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from schoolward.domains.routes.forms.fields import SiteForm, latitude, longitude
from schoolward.domains.routes.models import (
    Answer,
    Barrier,
    BarrierKind,
    Countermeasure,
    Owner,
    PlannedFix,
    Recommendation,
    Severity,
    TimeOfDay,
)
from schoolward.domains.routes.queries import Offer
from schoolward.platform.ui.days import DayField
from schoolward.platform.ui.money import AmountField


class WhatForm(forms.Form):
    """What a barrier says of itself."""

    kind = forms.ChoiceField(label=_("What is in the way"), choices=BarrierKind.choices)
    title = forms.CharField(label=_("In a few words"), max_length=200, help_text=_("No names of people."))
    place = forms.CharField(
        label=_("Where"), max_length=200, help_text=_("A corner or a stretch of street; no one's home.")
    )
    latitude = latitude()
    longitude = longitude()
    severity = forms.ChoiceField(
        label=_("How bad"), choices=Severity.choices, initial=Severity.MEDIUM, widget=forms.RadioSelect
    )
    time_of_day = forms.ChoiceField(label=_("When"), choices=TimeOfDay.choices)
    owner = forms.ChoiceField(label=_("Whose ground"), choices=Owner.choices, initial=Owner.UNKNOWN)
    description = forms.CharField(
        label=_("More"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What a walker meets there. No names of people."),
    )

    @staticmethod
    def initial_of(barrier: Barrier) -> dict[str, Any]:
        """What the fields hold at first."""
        names = ("kind", "title", "place", "latitude", "longitude", "severity", "time_of_day", "owner")
        return {name: getattr(barrier, name) for name in (*names, "description")}


_KIND_OF: dict[str, str] = {
    Countermeasure.SIGNAL: BarrierKind.SIGNAL,
    Countermeasure.ISLAND: BarrierKind.CROSSING,
    Countermeasure.CROSSWALK: BarrierKind.CROSSING,
    Countermeasure.SIDEWALK: BarrierKind.SIDEWALK,
}


class ReportForm(SiteForm, WhatForm):
    """Reporting a barrier, on a phone or at a desk."""

    field_order = (
        "kind",
        "title",
        "campus_id",
        "place",
        "latitude",
        "longitude",
        "photo",
        "severity",
        "time_of_day",
        "owner",
        "description",
        "found_on",
    )
    photo = forms.FileField(
        label=_("Photograph"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": "image/*", "capture": "environment"}),
        help_text=_("Of the place, without people or license plates."),
    )
    found_on = DayField(label=_("Seen on"))

    @staticmethod
    def initial_of_fix(fix: PlannedFix) -> dict[str, Any]:
        """What the fields hold at first for a fix that a plan found."""
        return {
            "campus_id": fix.plan.campus_id,
            "kind": _KIND_OF.get(fix.countermeasure, BarrierKind.CROSSING),
            "title": _("%(what)s is missing") % {"what": fix.get_countermeasure_display()},
            "place": fix.where,
            "latitude": fix.latitude,
            "longitude": fix.longitude,
            "description": _("%(count)d pupils could walk with it, by the plan of %(day)s.")
            % {"count": fix.frees, "day": date_format(fix.plan.made_at, "F j, Y")}
            if fix.frees
            else "",
        }


class TakeForm(WhatForm):
    """What a walk audit found, as a barrier: filled in from the walk, and changed where it says otherwise."""

    field_order = ("title", "kind", "place", "latitude", "longitude", "severity", "owner", "time_of_day")

    @staticmethod
    def initial_of_offer(offer: Offer) -> dict[str, Any]:
        """What the fields hold at first: what the walk told."""
        longitude, latitude = offer.item.position or (None, None)
        return {
            "title": offer.title,
            "kind": offer.kind,
            "place": offer.place,
            "longitude": longitude,
            "latitude": latitude,
            "severity": offer.item.severity,
            "owner": Owner.UNKNOWN,
            "time_of_day": TimeOfDay.ALWAYS,
            "description": offer.description,
        }


class PlanAuditForm(SiteForm):
    """Where and when a walk audit is to be."""

    planned_on = DayField(label=_("Day"), help_text=_("Walk it at the hour at which pupils come."))


class PhotoForm(forms.Form):
    """A barrier's photograph."""

    photo = forms.FileField(
        label=_("Photograph"),
        widget=forms.ClearableFileInput(attrs={"accept": "image/*", "capture": "environment"}),
        help_text=_("Of the place, without people or license plates."),
    )


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class AcceptForm(forms.Form):
    """Accepting asks for nothing."""

    reason = forms.CharField(required=False, widget=forms.HiddenInput)


_ASKED = [(value, label) for value, label in Owner.choices if value != Owner.UNKNOWN]


class CorrectForm(forms.Form):
    """What of a recommendation can be corrected while it waits."""

    countermeasure = forms.ChoiceField(label=_("What is asked for"), choices=Countermeasure.choices)
    text = forms.CharField(
        label=_("The recommendation in words"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )
    estimate = AmountField(
        label=_("What it may cost, in dollars"), required=False, min_value=0, max_value=1_000_000_000
    )
    sent_on = DayField(label=_("Sent on"))

    def arguments(self) -> dict[str, Any]:
        """The arguments of the action."""
        given = dict(self.cleaned_data)
        dollars = given.pop("estimate")
        return {**given, "estimate_cents": None if dollars is None else int(dollars * 100)}

    @staticmethod
    def initial_of(made: Recommendation) -> dict[str, Any]:
        """What the fields hold at first."""
        cents = made.estimate_cents
        return {
            "countermeasure": made.countermeasure,
            "text": made.text,
            "estimate": None if cents is None else Decimal(cents) / 100,
            "sent_on": made.sent_on,
        }


class RecommendForm(CorrectForm):
    """What the owner is asked to do."""

    field_order = ("owner",)
    owner = forms.ChoiceField(label=_("Who is asked"), choices=_ASKED)


class AnswerForm(forms.Form):
    """What the owner said."""

    answer = forms.ChoiceField(
        label=_("What the owner said"),
        choices=[(value, label) for value, label in Answer.choices if value != Answer.WAITING],
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("In words"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The reason, where it refused."),
    )
    answered_on = DayField(label=_("Answered on"))
