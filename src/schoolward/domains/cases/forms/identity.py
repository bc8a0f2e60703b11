"""Saying whether two records are of one young person."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from schoolward.domains.cases.forms.referring import words
from schoolward.domains.cases.models import Decided, Youth
from schoolward.platform.access.guarded import GuardedForm
from schoolward.platform.ui.days import DayField


class PairForm(GuardedForm):
    """The same, not the same, or later, and why."""

    decision = forms.ChoiceField(
        label=_("Are they one person?"),
        choices=[(one.value, one.label) for one in (Decided.SAME, Decided.NOT_SAME, Decided.LATER)],
        widget=forms.RadioSelect,
    )
    keep = forms.TypedChoiceField(
        label=_("Which record stays"),
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("What is kept about the other goes over to it. Only if they are the same."),
    )
    again_on = DayField(label=_("Ask again on"), required=False, help_text=_("Only with “later”."))
    reason = words(_("Why"), 300, _("It goes on the record. No names."))

    def __init__(self, *args: Any, two: tuple[Youth, Youth], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if two[0].agency_id != two[1].agency_id:
            del self.fields["keep"]
            return
        self.fields["keep"].choices = [  # type: ignore[attr-defined]
            ("", _("The older record")),
            (two[0].pk, _("The one on the left")),
            (two[1].pk, _("The one on the right")),
        ]


class UndoForm(GuardedForm):
    """Why it is taken back."""

    reason = words(_("Why"), 300, _("It goes on the record. No names."))
