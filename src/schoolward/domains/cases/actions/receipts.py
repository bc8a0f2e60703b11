"""What was sent with a receipt: sent again it is there once, and with other content it is refused in words.

Nobody gets a record by a receipt that somebody else sent, and none that says something else.
"""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from schoolward.domains.cases.actions.recording import as_system
from schoolward.platform.access.models import ProtectedRecord
from schoolward.platform.access.refusal import Refusal
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within


def mark_of(what: str, content: dict[str, Any], by: Viewer) -> UUID:
    """The mark of what somebody sent, by the key of this installation: equal where all of it is the same.

    It is kept beside the receipt and cannot be read back.
    """
    words = json.dumps([by.account_id, content], sort_keys=True, default=_word)
    return UUID(salted_hmac(f"cases.{what}", words, algorithm="sha256").hexdigest()[:32])


def _word(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value)


def sealed_one(model: type[ProtectedRecord], named: models.Q, *, by: Viewer) -> Any:
    """The sealed record that has a receipt (or a number), or ``None``. Its content is for comparing, and is
    shown to nobody: what is sent again after a seal is answered as what was used before."""
    with within(as_system(by), sealing=True):
        rows = model.including_sealed.filter(named, sealed_at__isnull=False)
        keys = [field.name for field in model._meta.concrete_fields if field.is_relation]
        return rows.select_related(*keys).first()


def not_of_a_sealed(model: type[ProtectedRecord], receipt: UUID | None, *, by: Viewer) -> None:
    """Refuse a receipt that a sealed record has, in the words of one that was used for something else."""
    if receipt is not None:
        same(sealed_one(model, models.Q(receipt=receipt), by=by) is None)


class ReceiptUsed(Refusal):
    """The receipt was used for something else. The form keeps what was typed, with a fresh receipt."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "This form was sent before and taken, with other content or by somebody else; nothing was "
                "taken now. Look at what is there. If this is something else, send the form again as it "
                "stands; over the API, with a new receipt."
            )
        )
        self.anew = {"receipt": str(uuid4())}


def same(is_same: bool) -> None:
    """Refuse a receipt that was used for something else, or by somebody else. It names no record."""
    if not is_same:
        raise ReceiptUsed
