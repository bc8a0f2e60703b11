"""The form of a calendar feed."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class FeedForm(forms.Form):
    """What a feed is for."""

    name = forms.CharField(
        label=_("Where you will use it"),
        help_text=_("Such as “My telephone”. Each program gets a feed of its own."),
        max_length=80,
    )
