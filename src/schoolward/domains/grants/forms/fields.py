"""Fields that the forms of grants share."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from schoolward.analysis.grants.balances import MOST_CENTS
from schoolward.analysis.grants.parts import part_of
from schoolward.platform.ui.money import AmountField

MOST = Decimal(MOST_CENTS) / 100


class DollarsField(AmountField):
    """An amount in dollars and cents. The form's value is cents."""

    def __init__(self, *, least: Decimal | int = Decimal("0.01"), **kwargs: Any) -> None:
        super().__init__(min_value=least, max_value=MOST, max_digits=13, **kwargs)

    def clean(self, value: Any) -> Any:
        """The amount in cents, or ``None`` where it is left empty."""
        cleaned = super().clean(value)
        return None if cleaned is None else int(cleaned * 100)


class PartField(forms.CharField):
    """A part of a whole: 25, 33.33, 33 1/3 or 1/3. The form's value is exact, in hundredths of a percent."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=20, **kwargs)

    def clean(self, value: Any) -> Any:
        """The part. Raises ``ValidationError``."""
        words = super().clean(value)
        try:
            return part_of(words) if words else None
        except ValueError:
            raise forms.ValidationError(
                _("Write a part above 0 and up to 100 percent, such as 25, 33.33 or 1/3 for a third.")
            ) from None


def in_dollars(cents: int | None) -> Decimal | None:
    """Cents as a :class:`DollarsField` shows them at first."""
    return None if cents is None else (Decimal(cents) / 100).quantize(Decimal("0.01"))


def area(
    label: Any, help_text: Any = "", *, rows: int = 3, required: bool = True, most: int = 2000
) -> forms.CharField:
    """A text of some lines."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
        max_length=most,
        required=required,
    )


def number_choice(label: Any, help_text: Any = "", *, required: bool = True) -> forms.TypedChoiceField:
    """A choice of a record by its number; the choices are set by the form."""
    return forms.TypedChoiceField(
        label=label, help_text=help_text, coerce=int, empty_value=None, required=required
    )
