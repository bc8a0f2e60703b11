"""Forms of the reports."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from schoolward.platform.ui.days import DayField
from schoolward.reports.actions import ReportError
from schoolward.reports.board_summary.report import ITEM_TYPES
from schoolward.reports.models import Edition


class NewEditionForm(forms.Form):
    """The date at which the numbers stand."""

    as_of = DayField(
        label=_("Figures as of"), help_text=_("Numbers are read as they stood on this day, e.g. 2012-09-06.")
    )


class BoardItemForm(forms.ModelForm):
    """The district's board item form."""

    item_type = forms.ChoiceField(label=_("Item type"), choices=ITEM_TYPES)

    class Meta:
        model = Edition
        fields = (
            "agenda_item",
            "meeting_date",
            "subject",
            "item_type",
            "division",
            "minutes_planned",
            "submitted_by_role",
            "approved_by_role",
        )


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
