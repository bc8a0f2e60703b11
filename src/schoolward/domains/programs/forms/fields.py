"""Fields that forms of programs have in common."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from schoolward.domains.places.queries import campus_names
from schoolward.domains.programs.actions import WEEKDAYS
from schoolward.domains.programs.models import MOST

NO_NAMES = _("No names, initials, dates of birth or numbers of young people.")
DAY_CHOICES = list(
    zip(
        WEEKDAYS,
        (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday")),
        strict=True,
    )
)
LANGUAGES = [
    ("en", _("English")),
    ("es", _("Spanish")),
    ("hmn", _("Hmong")),
    ("zh", _("Chinese")),
    ("vi", _("Vietnamese")),
    ("ru", _("Russian")),
]


def count_field(
    label: Any, help_text: Any = "", *, required: bool = False, least: int = 0, most: int = MOST
) -> forms.IntegerField:
    """A number of heads or seats, with the telephone's number keys."""
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        min_value=least,
        max_value=most,
        required=required,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )


def words_field(
    label: Any, help_text: Any = "", *, most: int = 600, rows: int = 3, required: bool = True
) -> forms.CharField:
    """A few sentences."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=most,
        required=required,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def site_field() -> forms.TypedChoiceField:
    """A site of the district, or none; the choices are read when the form is made."""
    return forms.TypedChoiceField(
        label=_("Site"),
        help_text=_("Leave empty for a place that is not a site, and write the place below."),
        coerce=int,
        empty_value=None,
        required=False,
        choices=lambda: [("", _("Not at a site")), *campus_names().items()],
    )


def hour_field(label: Any) -> forms.TimeField:
    """An hour of the day."""
    return forms.TimeField(
        label=label, required=False, widget=forms.TimeInput(attrs={"placeholder": "15:30"}, format="%H:%M")
    )
