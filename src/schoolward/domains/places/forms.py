"""Forms by which sites and schools are changed by hand."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from schoolward.domains.places.models import Campus, Jurisdiction
from schoolward.platform.ui.days import DayField


class CampusForm(forms.Form):
    """What is known of a site."""

    name = forms.CharField(
        label=_("Name"), max_length=200, help_text=_("Once changed here, imports leave it alone.")
    )
    address = forms.CharField(
        label=_("Address"),
        max_length=200,
        help_text=_("House number and street. Incidents are matched to the site by it."),
    )
    zip_code = forms.CharField(label=_("Postal code"), max_length=10, required=False)
    jurisdiction = forms.ChoiceField(
        label=_("Police jurisdiction"),
        choices=Jurisdiction.choices,
        help_text=_("Decides which emergency center the protocols name."),
    )
    latitude = forms.FloatField(label=_("Latitude"), required=False, min_value=-90, max_value=90)
    longitude = forms.FloatField(label=_("Longitude"), required=False, min_value=-180, max_value=180)
    notes = forms.CharField(label=_("Notes"), required=False, widget=forms.Textarea(attrs={"rows": 4}))

    def clean(self) -> dict[str, Any]:
        """A point has both coordinates or none."""
        values: dict[str, Any] = super().clean() or {}
        if (values.get("latitude") is None) != (values.get("longitude") is None) and not self.errors:
            raise ValidationError(_("Give both latitude and longitude, or neither."))
        return values


class FormerNameForm(forms.Form):
    """How a school's earlier name reads in a public source."""

    former_name = forms.CharField(
        label=_("Former name"),
        max_length=200,
        required=False,
        help_text=_("As the public source writes it. Leave it blank if the school never had another name."),
    )


class MoveSchoolForm(forms.Form):
    """Where a school goes, and from which day."""

    to = forms.ModelChoiceField(label=_("New site"), queryset=Campus.objects.none(), empty_label=_("Choose"))
    on = DayField(
        label=_("First day there"),
        widget=forms.DateInput,
        help_text=_("Incidents from this day on are matched to the new site, earlier ones to the old."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = Campus.objects.order_by("name")  # type: ignore[attr-defined]
