"""Forms about schedules, holds and disposals."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from schoolward.platform.access.guarded import GuardedForm
from schoolward.platform.access.models import RecordClass
from schoolward.platform.access.models.retention import Covers, KeptAfter
from schoolward.platform.access.references import protected_models
from schoolward.platform.access.retention.registry import retained
from schoolward.platform.access.retention.schedules import LONGEST, LONGEST_CITATION, Rule
from schoolward.platform.ui.days import DayField

_CHOOSE = [("", _("Choose"))]


def title_of(table: str) -> str:
    """What the records of a table are called; its label where this version has no such table."""
    model = protected_models().get(table)
    return str(model._meta.verbose_name_plural).capitalize() if model else table


class ScheduleForm(GuardedForm):
    """How long a class of a table is kept."""

    table = forms.ChoiceField(label=_("Records"))
    record_class = forms.ChoiceField(label=_("Of this class"), choices=[*_CHOOSE, *RecordClass.choices])
    years = forms.IntegerField(label=_("Kept for this many years"), min_value=0, max_value=LONGEST)
    after = forms.ChoiceField(label=_("After"), choices=[*_CHOOSE, *KeptAfter.choices])
    citation = forms.CharField(
        label=_("Rule"),
        max_length=LONGEST_CITATION,
        help_text=_("The law or the board's policy, with its section."),
    )
    is_confirmed = forms.BooleanField(label=_("Counsel has confirmed it against the text"), required=False)
    valid_from = DayField(label=_("In force from"), widget=forms.DateInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [*_CHOOSE, *((label, title_of(label)) for label in retained())]
        self.fields["table"].choices = choices  # type: ignore[attr-defined]
        declared = {str(event) for one in retained().values() for event in one.events}
        self.fields["after"].choices = [  # type: ignore[attr-defined]
            *_CHOOSE,
            *((value, label) for value, label in KeptAfter.choices if value in declared),
        ]

    def rule(self) -> Rule:
        """What the action takes."""
        return Rule(**self.cleaned_data)


class HoldForm(GuardedForm):
    """What is held for litigation, and why."""

    covers = forms.ChoiceField(label=_("Hold"), choices=Covers.choices, widget=forms.RadioSelect)
    names = forms.CharField(
        label=_("Which"),
        max_length=60_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "A line each: the reference, such as “cases.Youth:12” (you find it under “Find a reference”); "
            "for a table, its name alone, such as “access.Consent”. Never a person's name."
        ),
    )
    matter = forms.CharField(
        label=_("Matter"), max_length=120, help_text=_("The claim or case by its number. No names.")
    )
    reason = forms.CharField(label=_("Reason"), max_length=300, help_text=_("It goes on the record."))

    def named(self) -> list[str]:
        """The lines that say something."""
        return [line.strip() for line in str(self.cleaned_data["names"]).splitlines() if line.strip()]


class ReviewForm(GuardedForm):
    """Approving a batch, or refusing it whole."""

    approve = forms.TypedChoiceField(
        label=_("May these records be disposed of?"),
        choices=[("yes", _("Yes, all that are left in the batch")), ("no", _("No, none of them"))],
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
    )
    note_text = forms.CharField(
        label=_("What you looked at"), max_length=300, help_text=_("It goes on the record: no names.")
    )

    called_here = {"note": "note_text"}
