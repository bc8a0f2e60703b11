"""Forms of approving a scenario and of withdrawing what was approved."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from schoolward.domains.grants.forms.fields import area


class ApproveForm(forms.Form):
    """What the one who approves says to it."""

    answer = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)
    note = area(
        _("Note"), _("Stands with the approval, such as the meeting it was agreed in."), required=False
    )


class ReasonForm(forms.Form):
    """Why something is taken back."""

    reason = area(_("Why"), _("Whoever reads this later needs to know."), most=300)
