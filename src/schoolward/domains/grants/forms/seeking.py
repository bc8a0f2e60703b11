"""Forms of opportunities and applications."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from schoolward.domains.grants.forms.fields import DollarsField, area, in_dollars
from schoolward.domains.grants.models import (
    FUNDERS,
    Application,
    Choice,
    Opportunity,
    Outcome,
    PartKind,
)
from schoolward.platform.ui.days import DayField


class OpportunityForm(forms.Form):
    """Money that could be applied for."""

    title = forms.CharField(label=_("Title"), max_length=200)
    funder_name = forms.CharField(label=_("Funder"), max_length=200)
    funder = forms.ChoiceField(label=_("Whose money it is"), choices=FUNDERS)
    number = forms.CharField(label=_("Funder's number"), max_length=60, required=False)
    opens = DayField(label=_("Opens"), required=False)
    closes = DayField(label=_("Closes"))
    ceiling_cents = DollarsField(label=_("Most that is given, in dollars"), required=False)
    match_percent = forms.DecimalField(
        label=_("Match, in percent of the whole project"),
        min_value=0,
        max_value=Decimal("99.99"),
        decimal_places=2,
        required=False,
    )
    eligibility = area(_("Who may apply, and where"), required=False)
    purpose = area(_("What it is for"), required=False)

    def arguments(self) -> dict[str, Any]:
        """The keyword arguments of the action."""
        return {**self.cleaned_data, "match_percent": self.cleaned_data["match_percent"] or Decimal(0)}

    @staticmethod
    def initial_of(opportunity: Opportunity) -> dict[str, Any]:
        """What the form shows where the opportunity is changed."""
        shown = {name: getattr(opportunity, name) for name in OpportunityForm.base_fields}
        return {**shown, "ceiling_cents": in_dollars(opportunity.ceiling_cents)}


class ChoiceForm(forms.Form):
    """Go or no go."""

    choice = forms.ChoiceField(
        label=_("Decision"),
        choices=[(Choice.GO.value, Choice.GO.label), (Choice.NO_GO.value, Choice.NO_GO.label)],
        widget=forms.RadioSelect,
    )
    reason = area(_("Why"), rows=2)


class ApplicationForm(forms.Form):
    """Beginning an application."""

    requested_cents = DollarsField(label=_("Asked for, in dollars"))
    match_cents = DollarsField(label=_("Match that is offered, in dollars"), least=0, required=False)
    summary = area(_("In a few sentences"), required=False)

    def arguments(self) -> dict[str, Any]:
        """The keyword arguments of the action."""
        return {**self.cleaned_data, "match_cents": self.cleaned_data["match_cents"] or 0}

    @staticmethod
    def initial_of(application: Application) -> dict[str, Any]:
        """What the form shows where the application is changed."""
        return {
            "requested_cents": in_dollars(application.requested_cents),
            "match_cents": in_dollars(application.match_cents),
            "summary": application.summary,
        }


class PartForm(forms.Form):
    """A budget line, a letter or a document."""

    kind = forms.ChoiceField(label=_("What it is"), choices=PartKind.choices)
    title = forms.CharField(label=_("Name"), max_length=200)
    amount_cents = DollarsField(label=_("Amount, of a budget line"), required=False)
    file = forms.FileField(
        label=_("Document"),
        help_text=_("Up to 25 MB."),
        widget=forms.FileInput(attrs={"accept": "image/*,application/pdf,.docx,.xlsx,text/plain"}),
        required=False,
    )


class SubmitForm(forms.Form):
    """The day on which it went out."""

    submitted_on = DayField(label=_("Sent on"))


class AnswerForm(forms.Form):
    """What the funder answered."""

    outcome = forms.ChoiceField(
        label=_("Answer"),
        choices=[(one.value, one.label) for one in (Outcome.AWARDED, Outcome.DECLINED, Outcome.WITHDRAWN)],
        widget=forms.RadioSelect,
    )
    decided_on = DayField(label=_("On"))
