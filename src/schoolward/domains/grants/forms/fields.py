"""Fields that the forms of grants share."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms

from schoolward.analysis.grants.balances import MOST_CENTS

MOST = Decimal(MOST_CENTS) / 100


class DollarsField(forms.DecimalField):
    """An amount in dollars and cents. The form's value is cents."""

    def __init__(self, *, least: Decimal | int = Decimal("0.01"), **kwargs: Any) -> None:
        # No number field of the browser: that takes no $1,200.50.
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal"}))
        super().__init__(min_value=least, max_value=MOST, decimal_places=2, max_digits=13, **kwargs)

    def to_python(self, value: Any) -> Any:
        """Read it as people write it: $1,200.50."""
        return super().to_python(
            value.replace("$", "").replace(",", "").strip() if isinstance(value, str) else value
        )

    def clean(self, value: Any) -> Any:
        """The amount in cents, or ``None`` where it is left empty."""
        cleaned = super().clean(value)
        return None if cleaned is None else int(cleaned * 100)


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
