"""Moments as frames write them: ``_HH:MM:SS,MM-DD-YYYY``, in UTC."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import lru_cache
from typing import Final

STAMP_LENGTH: Final = 20
_STAMP: Final = re.compile(rb"_(\d\d):(\d\d):(\d\d),(\d\d)-(\d\d)-(\d{4})")


_last_written: tuple[datetime | None, bytes] = (None, b"")


def write_stamp(now: datetime) -> bytes:
    """Return an aware moment as a frame's timestamp, underscore included; fractions of a second are cut."""
    global _last_written
    last, text = _last_written
    if now is last:  # a receiver reads the clock once for all that it has received together
        return text
    utc = now
    if now.tzinfo is not UTC:
        if now.tzinfo is None:
            raise ValueError("a timestamp needs a moment with a time zone")
        utc = now.astimezone(UTC)
    text = b"_%02d:%02d:%02d,%02d-%02d-%04d" % (
        utc.hour, utc.minute, utc.second, utc.month, utc.day, utc.year
    )  # fmt: skip
    _last_written = (now, text)
    return text


@lru_cache(maxsize=1024)  # the clocks of all panels stand within a few seconds of each other
def read_stamp(text: bytes) -> datetime | None:
    """Return the moment of a timestamp, underscore included; ``None`` where there is no such moment.

    Raises ValueError if the text has not the form of a timestamp.
    """
    match = _STAMP.fullmatch(text)
    if match is None:
        raise ValueError("a timestamp is _HH:MM:SS,MM-DD-YYYY")
    hour, minute, second, month, day, year = map(int, match.groups())
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError:  # 24:00:00, the thirtieth of February, a panel whose clock was never set
        return None
