"""Finding what a caller names, values as the pages' forms take them, and wording what is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Schema
from ninja.errors import HttpError

from schoolward.domains.grants import queries
from schoolward.domains.grants.actions import GrantRefused
from schoolward.domains.grants.forms.fields import in_dollars
from schoolward.domains.grants.models import Award, Entry
from schoolward.platform.access.views import viewer_of
from schoolward.platform.demo.clock import now

Made = TypeVar("Made")


def done(request: HttpRequest, action: Callable[..., Made], **values: Any) -> Made:
    """Call an action for the caller.

    422 for a value that is refused, with its field; 409 where the records stand otherwise.
    """
    viewer = viewer_of(request)
    try:
        return action(by=viewer, at=now(viewer.at), **values)
    except GrantRefused as refusal:
        raise refused(refusal) from refusal


def refused(refusal: GrantRefused) -> HttpError:
    """The answer to what is refused."""
    told = f"{refusal.field}: {refusal}" if refusal.field else str(refusal)
    return HttpError(422 if refusal.field else 409, told)


def form_of(sent: Schema, **changed: Any) -> dict[str, Any]:
    """What was sent as a form of the pages takes it: amounts in dollars, nothing where nothing was said."""
    values = {**sent.dict(), **changed}
    return {
        name: in_dollars(value) if name.endswith("_cents") else value
        for name, value in values.items()
        if value is not None and value is not False
    }


def one_of(rows: QuerySet[Any], what: str) -> Any:
    """The first row. 404 where the caller sees none."""
    found = rows.first()
    if found is None:
        raise HttpError(404, f"there is no {what} that you may see")
    return found


def award_of(request: HttpRequest, key: str) -> Award:
    """The award of a short name. 404 where the caller sees none."""
    found = queries.awards(viewer_of(request)).filter(key=key).first()
    if found is None:
        raise HttpError(404, f"there is no award {key!r}")
    return found


def entry_of(request: HttpRequest, entry_id: int) -> Entry:
    """The entry of a number. 404 where the caller sees none."""
    found: Entry = one_of(queries.entries(viewer_of(request)).filter(pk=entry_id), f"entry {entry_id}")
    return found


def line_of(award: Award, code: str | None, *, field: str = "line") -> int | None:
    """The number of a budget line by its code; ``None`` for none. 422 where the award has no such line."""
    if not code:
        return None
    line = award.lines.filter(code=code).first()
    if line is None:
        raise HttpError(422, f"{field}: the award has no line {code!r}")
    return line.pk
