"""Forms of what takes place: places, offerings, groups, sessions, heads, checklists."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from schoolward.domains.programs.forms.fields import (
    DAY_CHOICES,
    LANGUAGES,
    count_field,
    hour_field,
    site_field,
)
from schoolward.domains.programs.kinds import shape_of
from schoolward.domains.programs.models import (
    CancelReason,
    Cohort,
    Intake,
    Observer,
    Offering,
    Program,
    Session,
    Unit,
)
from schoolward.platform.access.guarded import GuardedForm
from schoolward.platform.ui.days import DayField


class CapacityForm(GuardedForm):
    """How many places there are, are taken and are waited for."""

    maximum = count_field(_("How many there are"), required=True)
    unit = forms.ChoiceField(label=_("Of what"), choices=Unit.choices)
    taken = count_field(_("How many are taken"), _("Leave empty if you do not know: empty is not none."))
    waiting = count_field(_("How many wait"), _("A number, no list. Empty if you do not know."))
    intake = forms.ChoiceField(label=_("New young people"), choices=Intake.choices)


class OfferingForm(GuardedForm):
    """Offering a program, or changing the terms."""

    starts_on = DayField(label=_("First day"))
    ends_on = DayField(label=_("Last day"), help_text=_("The same day for a single event."))
    campus_id = site_field()
    place = forms.CharField(
        label=_("Place"),
        help_text=_("When it is not at a site. A place, no person."),
        max_length=120,
        required=False,
    )
    days = forms.MultipleChoiceField(
        label=_("Days of the week"),
        choices=DAY_CHOICES,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    begins = hour_field(_("Begins"))
    ends = hour_field(_("Ends"))
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
    seats = count_field(_("Seats"))

    def __init__(self, *args: Any, program: Program, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not shape_of(program.kind).seats:
            del self.fields["seats"]

    def arguments(self) -> dict[str, Any]:
        """The terms as the action takes them."""
        return {**self.cleaned_data, "days": ",".join(self.cleaned_data["days"])}

    @staticmethod
    def initial_of(offering: Offering) -> dict[str, Any]:
        """What the form shows of an offering."""
        names = ("starts_on", "ends_on", "campus_id", "place", "begins", "ends", "language", "seats")
        return {
            **{name: getattr(offering, name) for name in names},
            "days": offering.days.split(",") if offering.days else [],
        }


class NumbersForm(GuardedForm):
    """How many are registered, wait, have a waiver on file and completed it."""

    registered = count_field(_("Registered"), _("Empty if nobody counted: empty is not none."))
    waiting = count_field(_("Waiting"))
    waivers_on_file = count_field(_("Waivers on file"))
    completed = count_field(_("Completed it"), _("When it is over."))


class CancelForm(GuardedForm):
    """Saying that something does not take place."""

    reason = forms.ChoiceField(label=_("Reason"), choices=CancelReason.choices)


class OfferingCancelForm(CancelForm):
    """Cancelling the rest of an offering."""

    cancelled_on = DayField(label=_("From"), help_text=_("Sessions planned from this day on are cancelled."))


class CohortForm(GuardedForm):
    """A group: its size, and how many completed it."""

    size = count_field(_("How many are in it"), _("A group has a number, no name."))
    completed = count_field(_("How many completed it"), _("When it is over."))


class SessionsForm(GuardedForm):
    """Planning sessions on days of the week."""

    first = DayField(label=_("From"))
    last = DayField(label=_("Until"))
    days = forms.MultipleChoiceField(
        label=_("Days of the week"), choices=DAY_CHOICES, widget=forms.CheckboxSelectMultiple
    )
    minutes = count_field(_("Minutes of a session"), required=True, least=5, most=1440)
    cohort_id = forms.TypedChoiceField(label=_("Group"), coerce=int, empty_value=None, required=False)

    def __init__(self, *args: Any, cohorts: list[Cohort], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cohort_id"].choices = [  # type: ignore[attr-defined]
            ("", _("Everybody")),
            *((cohort.pk, _("Group %(number)d") % {"number": cohort.number}) for cohort in cohorts),
        ]
        if not cohorts:
            del self.fields["cohort_id"]

    def arguments(self) -> dict[str, Any]:
        """The arguments of the action."""
        return {**self.cleaned_data, "days": ",".join(self.cleaned_data["days"])}


class CountForm(GuardedForm):
    """Heads at a session. ``receipt`` lets it be sent twice and counted once."""

    attended = count_field(_("Young people who came"), _("Heads only, no names."), required=True)
    adults = count_field(_("Parents who came"))
    minutes = count_field(_("Minutes"), required=True, least=1, most=1440)
    receipt = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, session: Session, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "attended": session.attended,
            "adults": session.adults,
            "minutes": session.minutes_held or session.minutes_planned,
            "receipt": uuid4(),
        }
        super().__init__(*args, **kwargs)
        if session.offering.program.parent_required:
            self.fields["adults"].required = True
        else:
            del self.fields["adults"]


class FidelityForm(GuardedForm):
    """The result of a checklist."""

    instrument = forms.CharField(
        label=_("Checklist"), help_text=_("The checklist's name. No names of people."), max_length=120
    )
    observer = forms.ChoiceField(label=_("Who filled it in"), choices=Observer.choices)
    on = DayField(label=_("Day"))
    items_observed = count_field(_("Items looked at"), required=True, least=1, most=1000)
    items_met = count_field(_("Items met"), required=True, most=1000)
