"""What was sent with a receipt: sent again it is there once, and with other content it is refused in words.

Nobody gets a record by a receipt that somebody else sent, and none that says something else.
"""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from schoolward.platform.access.refusal import Refusal
from schoolward.platform.access.viewer import Viewer


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


def same(is_same: bool) -> None:
    """Refuse a receipt that was used for something else, or by somebody else. It names no record."""
    if not is_same:
        raise Refusal(
            _(
                "This form was sent before and taken, with other content or by somebody else; nothing was "
                "taken now. Look at what is there, then open an empty form."
            )
        )
