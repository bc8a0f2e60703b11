"""What is sent from the desk: one small form an answer. The actions judge it; here it is only bounded."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

MOST_TEXT = 500
LARGEST = 2**63 - 1


def _key(label: Any, *, required: bool = True) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=required, min_value=1, max_value=LARGEST)


def _text(label: Any = "", *, limit: int = MOST_TEXT) -> forms.CharField:
    return forms.CharField(label=label or _("Text"), required=False, max_length=limit)


class NothingForm(forms.Form):
    """An answer that needs no words: claiming."""


class ReasonForm(forms.Form):
    """An answer with a reason; the action says whether it must have one."""

    reason = _text(_("Reason"))


class AbortForm(ReasonForm):
    """Calling off."""


class TextForm(forms.Form):
    """A note."""

    text = _text()


class StepForm(forms.Form):
    """A step that is done."""

    step_id = _key(_("Step"))
    text = _text()


class ImpossibleForm(forms.Form):
    """A step that cannot be done."""

    step_id = _key(_("Step"))
    reason = _text(_("Reason"))


class CallForm(forms.Form):
    """A call and what came of it."""

    contact_id = _key(_("Contact"), required=False)
    number = _text(_("Number"), limit=40)
    outcome = _text(_("Outcome"), limit=40)
    at_site = forms.BooleanField(label=_("Whoever answered is at the site"), required=False)
    text = _text()


class EvidenceForm(forms.Form):
    """What was seen or heard."""

    kind = _text(_("Evidence"), limit=40)
    text = _text()


class PoliceForm(forms.Form):
    """Asking for the police."""

    agency = _text(_("Agency"), limit=40)
    reference = _text(_("Their number for it"), limit=60)
    text = _text()


class GuardForm(TextForm):
    """Sending a guard."""


class CloseForm(forms.Form):
    """How it ended and what set it off."""

    disposition = _text(_("Disposition"), limit=40)
    cause = _text(_("Cause"), limit=40)
    cause_role = _text(_("Role of whoever set it off"), limit=40)
    text = _text()
    confirmation = _text(_("Why it is closed all the same"))


class HandOverForm(forms.Form):
    """What the next shift has to know."""

    text = forms.CharField(
        label=_("What the next shift has to know"),
        help_text=_("Open cases go with it by themselves. No names of students."),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
