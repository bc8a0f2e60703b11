"""Forms of work. Each says what happens next; money is typed in dollars and kept in cents."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolward.domains.places.queries import campus_names
from schoolward.domains.work.models import EvidenceKind, Severity, Trade, WorkKind
from schoolward.domains.work.states import Move
from schoolward.platform.access.roles import HUMAN_ROLES
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.ui.days import DayField
from schoolward.platform.ui.money import AmountField


def _day(label: Any, help_text: Any = "") -> forms.DateField:
    return DayField(label=label, help_text=help_text, widget=forms.DateInput())


def _dollars(label: Any, help_text: Any = "", *, required: bool = True) -> AmountField:
    return AmountField(label=label, help_text=help_text, min_value=0, max_digits=12, required=required)


class MoveForm(forms.Form):
    """The base of the forms for moves. ``next_step`` says what happens after it, ``button`` what it does."""

    next_step: str | Promise = ""
    button: str | Promise = ""

    def arguments(self) -> dict[str, Any]:
        """The keyword arguments of the action that this form is for."""
        return dict(self.cleaned_data)


class AcceptForm(MoveForm):
    """Taking a proposal on."""

    next_step = _("Next, somebody says what pays for it.")
    button = _("Accept")
    due = _day(_("Due date"), _("By when it should be done. Being on time is measured by this date."))
    estimate = _dollars(_("Estimate in dollars"), _("Leave empty if it is not known yet."), required=False)

    def arguments(self) -> dict[str, Any]:
        estimate = self.cleaned_data["estimate"]
        cents = None if estimate is None else int(estimate * 100)
        return {"due": self.cleaned_data["due"], "estimate_cents": cents}


class FundForm(MoveForm):
    """Saying what pays for it."""

    next_step = _("Next, a day is set on which it will be done.")
    button = _("Set the money aside")
    amount = _dollars(_("Amount in dollars"), _("0 if it costs nothing."))
    money_source = forms.CharField(
        label=_("Where the money comes from"),
        help_text=_("A grant, the site's budget, or “no cost”."),
        max_length=200,
    )

    def arguments(self) -> dict[str, Any]:
        return {
            "amount_cents": int(self.cleaned_data["amount"] * 100),
            "money_source": self.cleaned_data["money_source"],
        }


class UnfundForm(MoveForm):
    """Taking the money back."""

    next_step = _("The work is then accepted again, and waits for other money.")
    button = _("Take the money back")
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)


class ScheduleForm(MoveForm):
    """Setting a day."""

    next_step = _("Next, somebody does it and says so.")
    button = _("Schedule")
    planned_on = _day(_("Planned for"))


class CompleteForm(MoveForm):
    """Saying that it is done."""

    next_step = _(
        "Next, somebody else looks at the evidence and verifies it. You cannot verify your own work."
    )
    button = _("Say that it is done")
    done_on = _day(_("Done on"))
    actual = _dollars(_("What it cost in dollars"), _("0 if it cost nothing."))

    def arguments(self) -> dict[str, Any]:
        return {
            "done_on": self.cleaned_data["done_on"],
            "actual_cents": int(self.cleaned_data["actual"] * 100),
        }


class VerifyForm(MoveForm):
    """Confirming it from the evidence."""

    next_step = _("The work is then closed and counts as completed.")
    button = _("Verify from the evidence")


class DeclineForm(MoveForm):
    """Saying no."""

    next_step = _("The work is then closed. It can be re-opened with a reason.")
    button = _("Decline")
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Whoever proposed it will read this."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
    )


class ReopenForm(MoveForm):
    """Opening it again."""

    next_step = _("The work is then open again and needs fresh evidence before it is verified once more.")
    button = _("Re-open")
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)


FORM_OF_MOVE: dict[Move, type[MoveForm]] = {
    Move.ACCEPT: AcceptForm,
    Move.FUND: FundForm,
    Move.UNFUND: UnfundForm,
    Move.SCHEDULE: ScheduleForm,
    Move.COMPLETE: CompleteForm,
    Move.VERIFY: VerifyForm,
    Move.DECLINE: DeclineForm,
    Move.REOPEN: ReopenForm,
}


class DueForm(forms.Form):
    """Moving the due date."""

    due = _day(_("New due date"), _("The date agreed first is kept: being on time is measured by that one."))
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)


class AssignForm(forms.Form):
    """Giving work to a role."""

    owner_role = forms.ChoiceField(
        label=_("Who looks after it"), choices=[(role.value, role.label) for role in HUMAN_ROLES]
    )


class EvidenceForm(forms.Form):
    """Adding proof, from a phone as well: the file field opens the camera there."""

    kind = forms.ChoiceField(label=_("What it is"), choices=EvidenceKind.choices, initial=EvidenceKind.PHOTO)
    text = forms.CharField(
        label=_("What it shows"),
        help_text=_(
            "One sentence is enough; a note or a measurement needs it. Do not name or picture students."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
    )
    file = forms.FileField(
        label=_("Photograph or document"),
        help_text=_("A photograph or a document needs it. Up to 25 MB. A phone offers its camera here."),
        widget=forms.FileInput(attrs={"accept": "image/*,application/pdf,.docx,.xlsx,text/plain"}),
        required=False,
    )


class WorkForm(forms.Form):
    """Describing a piece of work."""

    title = forms.CharField(
        label=_("What has to be done"),
        help_text=_("Begin with a verb: “Repair the gap in the fence.”"),
        max_length=200,
    )
    campus_id = forms.TypedChoiceField(label=_("Site"), coerce=int, empty_value=None, required=False)
    kind = forms.ChoiceField(label=_("What asked for it"), choices=WorkKind.choices)
    trade = forms.ChoiceField(label=_("Trade"), choices=Trade.choices)
    severity = forms.ChoiceField(label=_("Severity"), choices=Severity.choices, initial=Severity.MEDIUM)
    estimate = _dollars(_("Estimate in dollars"), _("Leave empty if it is not known."), required=False)
    description = forms.CharField(
        label=_("Description"),
        help_text=_("Where exactly, and what would be better. No names of students."),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        max_length=5000,
    )

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sites = campus_names()
        mine = {
            pk: name for pk, name in sites.items() if viewer.campus_ids is None or pk in viewer.campus_ids
        }
        blank = [("", _("The whole district"))] if viewer.campus_ids is None else []
        field = self.fields["campus_id"]
        field.choices = [*blank, *mine.items()]  # type: ignore[attr-defined]
        field.required = viewer.campus_ids is not None

    def arguments(self) -> dict[str, Any]:
        """The keyword arguments of the action."""
        values = dict(self.cleaned_data)
        estimate = values.pop("estimate")
        values["estimate_cents"] = None if estimate is None else int(estimate * 100)
        return values
