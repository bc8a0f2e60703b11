"""Forms of diversion."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from schoolward.domains.cases.forms.centre import one_of, receipt_field
from schoolward.domains.cases.models import (
    KINDS,
    DiversionCase,
    Group,
    Level,
    NoOffer,
    Outcome,
    Path,
)
from schoolward.platform.access.guarded import GuardedForm
from schoolward.platform.ui.days import DayField

_UNKNOWN = ("", _("Not known yet"))
_YES_NO = [("yes", _("Yes")), ("no", _("No")), _UNKNOWN]


def yes_no(label: Any) -> forms.TypedChoiceField:
    """Yes, no, or not known yet."""
    return forms.TypedChoiceField(
        label=label,
        choices=_YES_NO,
        coerce=lambda value: value == "yes",
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )


class OpenForm(GuardedForm):
    """A case of one event."""

    event_on = DayField(label=_("Day of the event"), widget=forms.DateInput())
    path = one_of(_("Who diverts?"), Path.choices, initial=Path.POLICE)
    kind = forms.ChoiceField(label=_("What was it about?"), choices=[_UNKNOWN, *KINDS], required=False)


class FactsForm(GuardedForm):
    """What the rules ask for."""

    kind = forms.ChoiceField(label=_("What was it about?"), choices=[_UNKNOWN, *KINDS], required=False)
    level = one_of(_("What does the law call it?"), [*Level.choices, _UNKNOWN], required=False)
    accepts_responsibility = yes_no(_("Does the young person accept responsibility?"))
    guardian_agrees = yes_no(_("Does a parent or guardian agree?"))
    victim_heard = yes_no(_("Was who was harmed heard?"))
    group = forms.ChoiceField(
        label=_("Group, as the family says it"),
        choices=Group.choices,
        help_text=_("Used to see whether everybody is offered the same. It changes no answer."),
    )

    @staticmethod
    def initial_of(case: DiversionCase) -> dict[str, Any]:
        """What the form shows of a case."""
        said = {True: "yes", False: "no", None: ""}
        asked = ("accepts_responsibility", "guardian_agrees", "victim_heard")
        return {
            **{name: getattr(case, name) for name in ("kind", "level", "group")},
            **{name: said[getattr(case, name)] for name in asked},
        }


class NoOfferForm(GuardedForm):
    """Why an eligible youth is not offered diversion."""

    no_offer = one_of(_("Why not?"), NoOffer.choices, _("Counted by group, and published."))


class SignForm(GuardedForm):
    """The contract was signed."""

    signed_on = DayField(label=_("Signed on"), widget=forms.DateInput())


class ProofForm(GuardedForm):
    """A term, or part of it, was shown to be done."""

    amount = forms.IntegerField(
        label=_("How much?"), min_value=1, widget=forms.NumberInput(attrs={"inputmode": "numeric"})
    )
    on = DayField(label=_("Done on"), widget=forms.DateInput())
    receipt = receipt_field()


class EndForm(GuardedForm):
    """How it ended."""

    outcome = one_of(_("How did it end?"), Outcome.choices)


class StepForm(GuardedForm):
    """A step towards the seal."""

    step = one_of(
        _("What was done?"),
        [
            ("determination", _("Probation determined that it was completed")),
            ("agency-told", _("The agency was told to seal")),
        ],
    )
    on = DayField(label=_("On which day?"), widget=forms.DateInput())
