"""Forms and questions over HTTP in whose words no number of a criminal file or a license may stand.

Their base refuses it in every field of text, so that a new one cannot be forgotten (``identifiers``).
"""

# No deferred annotations here: Ninja resolves the types of what is sent from the annotations themselves.
from typing import Any

from django import forms
from ninja import Schema
from pydantic import field_validator
from pydantic_core import PydanticCustomError

from schoolward.platform.access.identifiers import explain


class GuardedForm(forms.Form):
    """A form that refuses such a number in any of its texts, at the field."""

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        for name, field in self.fields.items():
            value = self.cleaned_data.get(name)
            if isinstance(field, forms.CharField) and isinstance(value, str) and (why := explain(value)):
                self.add_error(name, why)


class GuardedSchema(Schema):
    """A question over HTTP that refuses such a number in any of its texts, naming the field."""

    @field_validator("*", mode="after", check_fields=False)
    @classmethod
    def no_identifiers(cls, value: Any) -> Any:
        """Refuse what looks like one, also in a list of texts."""
        for text in value if isinstance(value, list) else [value]:
            if isinstance(text, str) and (why := explain(text)):
                raise PydanticCustomError("identifier", "{why}", {"why": why})
        return value
