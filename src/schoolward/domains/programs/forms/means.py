"""Forms of results, waivers, equipment, volunteers and proposals."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from schoolward.domains.programs.forms.fields import count_field, words_field
from schoolward.domains.programs.kinds import Kind
from schoolward.domains.programs.models import (
    Decision,
    Ending,
    VettingKind,
    Volunteer,
    Wave,
)
from schoolward.domains.programs.queries import providers
from schoolward.platform.access.guarded import GuardedForm
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.measures.registry import all_measures
from schoolward.platform.ui.days import DayField
from schoolward.platform.ui.money import AmountField


def _value(label: Any, help_text: Any = "", *, required: bool = True) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, help_text=help_text, max_digits=8, decimal_places=2, required=required
    )


class ResultForm(GuardedForm):
    """The mean of an instrument over a whole group."""

    instrument = forms.CharField(label=_("Instrument"), help_text=_("Its name."), max_length=120)
    wave = forms.ChoiceField(label=_("When"), choices=Wave.choices)
    starts_on = DayField(label=_("Filled in from"))
    ends_on = DayField(label=_("Until"))
    respondents = count_field(_("How many filled it in"), required=True)
    mean = _value(
        _("Mean"), _("Only for eleven or more: a mean of a few tells about single children."), required=False
    )
    lowest = _value(_("Lowest possible value"))
    highest = _value(_("Highest possible value"))
    higher_is_better = forms.BooleanField(label=_("Higher is better"), required=False, initial=True)


class WaiverForm(GuardedForm):
    """Which paper parents sign."""

    title = forms.CharField(label=_("What it is called"), max_length=120)
    months = count_field(_("Holds for how many months"), required=True, least=1, most=60)
    valid_from = DayField(label=_("Asked for from"))


class EquipmentForm(GuardedForm):
    """Things of one sort. The same name changes the numbers."""

    title = forms.CharField(
        label=_("What"), help_text=_("Such as helmets. No names of people."), max_length=120
    )
    owned = count_field(_("How many there are"), required=True)
    fit = count_field(_("How many are fit for use"), required=True)
    lent = count_field(_("How many are lent out"), required=True)
    checked_on = DayField(label=_("Last checked on"), required=False)
    check_months = count_field(_("Checked every how many months"), required=True, least=1, most=60)


class VolunteerForm(GuardedForm):
    """Entering a volunteer by reference."""

    provider_id = forms.TypedChoiceField(label=_("Provider"), coerce=int)
    reference = forms.CharField(
        label=_("Reference"),
        help_text=_("The provider's own, such as SPAL-014. The name stays with the provider."),
        max_length=20,
    )
    since = DayField(label=_("Helps since"))

    def __init__(self, *args: Any, viewer: Viewer, all_providers: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = providers(viewer)
        if not all_providers:
            listed = listed.filter(agency=viewer.agency_id or 0)
        self.fields["provider_id"].choices = [  # type: ignore[attr-defined]
            ("", _("Choose")),
            *listed.values_list("pk", "name"),
        ]


class VettingForm(GuardedForm):
    """A clearance. What was found is not kept."""

    kind = forms.ChoiceField(label=_("What"), choices=VettingKind.choices)
    cleared_on = DayField(label=_("Cleared on"))
    expires_on = DayField(label=_("Holds until"), help_text=_("The last day."))


class AssignForm(GuardedForm):
    """Letting a volunteer help at an offering."""

    volunteer_id = forms.TypedChoiceField(label=_("Volunteer"), coerce=int)
    starts_on = DayField(label=_("From"))
    ends_on = DayField(label=_("Until"))

    def __init__(self, *args: Any, volunteers: list[Volunteer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["volunteer_id"].choices = [  # type: ignore[attr-defined]
            ("", _("Choose")),
            *((one.pk, one.reference) for one in volunteers),
        ]


class ProposalForm(GuardedForm):
    """A proposal on one page."""

    title = forms.CharField(label=_("Title"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices)
    provider_id = forms.TypedChoiceField(label=_("Who would deliver it"), coerce=int)
    need = words_field(_("Need"), _("What shows it: numbers, no stories of children."))
    audience = forms.CharField(label=_("For whom"), max_length=200)
    evidence = words_field(_("Evidence"), _("Who found what, of whom and when. Say so if there is none."))
    cost = AmountField(label=_("Cost in dollars"), min_value=0, max_digits=11)
    pilot_starts = DayField(label=_("Pilot from"))
    pilot_ends = DayField(label=_("Pilot until"), help_text=_("It ends on this day unless it is adopted."))
    measure_key = forms.ChoiceField(
        label=_("Measure"),
        help_text=_("Named before the pilot begins, so that nobody chooses it afterwards."),
    )
    target = forms.DecimalField(
        label=_("Target"), help_text=_("In the measure's unit."), max_digits=14, decimal_places=2
    )
    stop_rule = forms.CharField(label=_("What stops it early"), max_length=300)

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["provider_id"].choices = [  # type: ignore[attr-defined]
            ("", _("Choose")),
            *providers(viewer).values_list("pk", "name"),
        ]
        listed = sorted(((str(measure.title), measure) for measure in all_measures()), key=lambda one: one[0])
        self.fields["measure_key"].choices = [  # type: ignore[attr-defined]
            ("", _("Choose")),
            *((measure.key, f"{title} ({measure.unit})") for title, measure in listed),
        ]

    def arguments(self) -> dict[str, Any]:
        """The arguments of the action."""
        values = dict(self.cleaned_data)
        cost = values.pop("cost")
        return {**values, "cost_cents": int(cost * 100)}


class DecideForm(GuardedForm):
    """Deciding about a proposal."""

    decision = forms.ChoiceField(label=_("Decision"), choices=Decision.choices)
    reason = words_field(_("Reason"), _("Whoever proposed it will read this."))


class PilotEndForm(GuardedForm):
    """Adopting or stopping a pilot."""

    ending = forms.ChoiceField(label=_("What becomes of it"), choices=Ending.choices)
    reason = words_field(_("Reason"), _("Say what the measure shows."))
