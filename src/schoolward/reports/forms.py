"""Forms of the reports."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from schoolward.platform.ui.days import DayField
from schoolward.reports import registry
from schoolward.reports.errors import ReportError
from schoolward.reports.models import Edition


class NewEditionForm(forms.Form):
    """The date at which the numbers stand."""

    as_of = DayField(
        label=_("Figures as of"), help_text=_("Numbers are read as they stood on this day, e.g. 2012-09-06.")
    )


YEARS_AWAY = 2
LONGEST_TALK = 480


class BoardItemForm(forms.ModelForm):
    """The district's board item form. The kinds of item are those of the edition's report."""

    district = forms.CharField(label=_("School district"), max_length=200)
    meeting_date = DayField(label=_("Meeting date"))
    item_type = forms.ChoiceField(label=_("Item type"))
    minutes_planned = forms.IntegerField(
        label=_("Estimated time, in minutes"), min_value=1, max_value=LONGEST_TALK
    )

    class Meta:
        model = Edition
        fields = (
            "district",
            "agenda_item",
            "meeting_date",
            "subject",
            "item_type",
            "division",
            "minutes_planned",
            "submitted_by_role",
            "approved_by_role",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = registry.get(self.instance.report).item_types
        self.fields["item_type"].choices = kinds  # type: ignore[attr-defined]

    def clean_meeting_date(self) -> date:
        """A meeting years away from its figures is a slip of the keyboard."""
        day: date = self.cleaned_data["meeting_date"]
        if abs(day.year - self.instance.as_of.year) > YEARS_AWAY:
            raise forms.ValidationError(
                _("Check the year: the figures stand at %(as_of)s.") % {"as_of": self.instance.as_of}
            )
        return day


class SectionForm(forms.Form):
    """A section's text, with the version that the author started from."""

    body = forms.CharField(label=_("Text"), widget=forms.Textarea(attrs={"rows": 18}), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)


class ReasonForm(forms.Form):
    """A reason or a note, in the words of the one who signs."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)


def written_reason(data: Mapping[str, Any]) -> str:
    """The reason or note in what was sent, "" for none: the actions say themselves where one is needed.

    Raises ``ReportError`` when it is too long or holds what no text may hold.
    """
    form = ReasonForm(data)
    form.fields["reason"].required = False
    if not form.is_valid():
        raise ReportError(" ".join(map(str, form.errors["reason"])))
    return str(form.cleaned_data["reason"])


class MinutesForm(forms.Form):
    """The minutes of the board."""

    minutes_text = forms.CharField(
        label=_("Minutes of the board"), widget=forms.Textarea(attrs={"rows": 5}), max_length=5000
    )
