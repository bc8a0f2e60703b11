"""A form that enters a newcomer, and asks whose record it is where nobody can be sure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from schoolward.domains.cases.actions.newcomers import WhoIsIt
from schoolward.platform.access.guarded import GuardedForm


class NewcomerForm(GuardedForm):
    """With the question whose record it is, which is shown once it has to be asked."""

    known = forms.CharField(
        label=_("Is it the same person?"), max_length=20, required=False, widget=forms.HiddenInput
    )

    def asking(self, act: Callable[[], Any]) -> Any:
        """Do it; where it has to be asked whose record it is, offer those in question and raise on."""
        try:
            return act()
        except WhoIsIt as question:
            choices = [
                (
                    str(one.pk),
                    _t("Yes: %(name)s, entered %(day)s")
                    % {"name": one.legal_name, "day": date_format(one.entered_on, "F j, Y")},
                )
                for one in question.candidates
            ]
            choices.append(("new", _t("No: make a new record")))
            self.fields["known"].widget = forms.RadioSelect(choices=choices)
            raise
