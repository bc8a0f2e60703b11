"""What a caller over HTTP may ask for: numbers that a database can hold, and lists a slice at a time."""

# No deferred annotations here: Ninja cannot resolve annotations kept as text in a paginator.

from typing import Annotated

from django.conf import settings
from ninja import Field, Schema
from ninja.pagination import LimitOffsetPagination

LARGEST = 2**63 - 1
"""The largest whole number of SQLite and PostgreSQL; a larger one would fail in the database."""

RowNumber = Annotated[int, Field(ge=1, le=LARGEST)]
"""The number of a record."""

Cents = Annotated[int, Field(ge=0, le=LARGEST)]
"""An amount of money."""


class Slices(LimitOffsetPagination):
    """A list by ``limit`` and ``offset``, at most ``NINJA_MAX_PER_PAGE_SIZE`` rows at a time."""

    class Input(Schema):
        """The slice that is asked for."""

        limit: int = Field(settings.NINJA_PAGINATION_PER_PAGE, ge=1, le=settings.NINJA_MAX_PER_PAGE_SIZE)
        offset: int = Field(0, ge=0, le=2**31)
