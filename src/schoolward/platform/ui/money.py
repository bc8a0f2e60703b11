"""An amount of money as people type it into a form."""

from __future__ import annotations

import re
from typing import Any

from django import forms

_GROUPED = re.compile(r"[-+]?\d{1,3}(,\d{3})+(\.\d*)?")


class AmountField(forms.DecimalField):
    """An amount in dollars and cents: 12000.50, 12,000.50 or $12,000.50.

    A comma anywhere but between thousands may be meant as a decimal point: 12,50 is not read as 1250.
    """

    def __init__(self, **kwargs: Any) -> None:
        # No number field of the browser: that takes no $1,200.50.
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal"}))
        super().__init__(decimal_places=2, **kwargs)

    def to_python(self, value: Any) -> Any:
        """The amount as a decimal number. Raises ``ValidationError``."""
        if isinstance(value, str):
            value = value.strip().removeprefix("$").strip()
            if _GROUPED.fullmatch(value):
                value = value.replace(",", "")
        return super().to_python(value)
