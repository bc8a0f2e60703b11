"""What a caller over HTTP may ask for: numbers that a database can hold, lists a slice at a time, and values
that hold to the rules of the pages' forms."""

# No deferred annotations here: Ninja cannot resolve annotations kept as text in a paginator.

from typing import Annotated, Any

from django import forms
from django.conf import settings
from ninja import Field, Schema
from ninja.errors import HttpError
from ninja.pagination import LimitOffsetPagination

LARGEST = 2**63 - 1
"""The largest whole number of SQLite and PostgreSQL; a larger one would fail in the database."""

RowNumber = Annotated[int, Field(ge=1, le=LARGEST)]
"""The number of a record."""

Cents = Annotated[int, Field(ge=0, le=LARGEST)]
"""An amount of money."""

Text = Annotated[str, Field(max_length=100_000)]
"""Text that can be stored. Having a bound, it refuses half of a surrogate pair too: no database holds one."""


class Slices(LimitOffsetPagination):
    """A list by ``limit`` and ``offset``, at most ``NINJA_MAX_PER_PAGE_SIZE`` rows at a time."""

    class Input(Schema):
        """The slice that is asked for."""

        limit: int = Field(settings.NINJA_PAGINATION_PER_PAGE, ge=1, le=settings.NINJA_MAX_PER_PAGE_SIZE)
        offset: int = Field(0, ge=0, le=2**31)


def cleaned(form: forms.BaseForm) -> dict[str, Any]:
    """What a form of the pages makes of the values it was given: the same rules and words over HTTP.

    Raises ``HttpError`` 422, which names each field.
    """
    if not form.is_valid():
        wrong = (f"{name}: {' '.join(map(str, told))}" for name, told in form.errors.items())
        raise HttpError(422, "; ".join(wrong))
    return form.cleaned_data
