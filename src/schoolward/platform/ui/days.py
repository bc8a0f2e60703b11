"""A day that somebody types into a form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from schoolward.platform.measures.period import EARLIEST, LATEST


class DayField(forms.DateField):
    """A day of the years that measures reckon with: 0212 or 20122 is a slip, and is refused as one."""

    def __init__(self, **kwargs: Any) -> None:
        slip = _("Check the year: it lies outside of %(first)d to %(last)d.") % {
            "first": EARLIEST.year,
            "last": LATEST.year,
        }
        bounds = (MinValueValidator(EARLIEST, slip), MaxValueValidator(LATEST, slip))
        super().__init__(validators=bounds, **kwargs)
