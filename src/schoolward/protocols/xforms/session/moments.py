"""Dates and times: as texts, as days since 1970, and in the offset from UTC that the session has."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone

DAY_MS = 86_400_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FULL = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})(?:T(\d{2})(?::(\d{2})(?::(\d{2})(\.\d+)?)?)?([-+]\d{2}:\d{2}|Z)?)?\Z", re.ASCII
)
_UNPADDED = re.compile(r"(\d{4})-([1-9]|\d{2})-([1-9]|\d{2})(T.*)?\Z", re.ASCII)
_TIME = re.compile(r"(\d{2}):(\d{2})(?::([0-5]\d))?(\.\d+)?(Z|[-+]\d{2}:\d{2})?\Z", re.ASCII)
_OFFSET = re.compile(r"(?:[-+](?:0\d|1[0-4]):[0-5]\d|Z)\Z")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Moment(float):
    """Days since 1970-01-01 UTC that remember how they are written."""

    text: str

    def __new__(cls, days: float, text: str) -> Moment:
        moment = super().__new__(cls, days)
        moment.text = text
        return moment


NO_MOMENT = Moment(float("nan"), "")


def parse_moment(text: str, offset: timezone) -> datetime | None:
    """A date or date-time; times without an offset are read in ``offset``. ``None`` where it is none."""
    match = _FULL.match(text)
    if match is None:
        return None
    year, month, day, hour, minute, second, fraction, zone = match.groups()
    if zone and not _OFFSET.match(zone):
        return None
    try:
        return datetime(
            int(year),
            int(month),
            int(day),
            int(hour or 0),
            int(minute or 0),
            int(second or 0),
            int(float(fraction or 0) * 1_000_000),
            tzinfo=_zone(zone) if zone else offset,
        ).astimezone(offset)
    except (ValueError, OverflowError):
        return None


def _zone(text: str) -> timezone:
    if text == "Z":
        return UTC
    minutes = int(text[1:3]) * 60 + int(text[4:6])
    return timezone(timedelta(minutes=-minutes if text[0] == "-" else minutes))


def padded(text: str) -> str:
    """A date whose month and day may have one digit, with two."""
    match = _UNPADDED.match(text)
    if match is None:
        return text
    year, month, day, rest = match.groups()
    return f"{year}-{month:0>2}-{day:0>2}{rest or ''}"


def days_of(moment: datetime) -> float:
    """Days since 1970-01-01 UTC."""
    return _milliseconds(moment) / DAY_MS


def _milliseconds(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(milliseconds=1)


def moment_of(moment: datetime) -> Moment:
    """The value of a date-time: its days, and its text (the date alone at midnight)."""
    return Moment(days_of(moment), _text(moment))


def moment_of_days(days: float, offset: timezone) -> Moment:
    """The value of a number of days; :data:`NO_MOMENT` of NaN and beyond the years 1 to 9999."""
    if days != days:
        return NO_MOMENT
    try:
        return moment_of((_EPOCH + timedelta(milliseconds=int(days * DAY_MS // 1))).astimezone(offset))
    except (OverflowError, ValueError):
        return NO_MOMENT


def _text(moment: datetime) -> str:
    day = f"{moment.year:04}-{moment.month:02}-{moment.day:02}"
    milliseconds = moment.microsecond // 1000
    if moment.time().replace(microsecond=milliseconds * 1000) == time():
        return day
    offset = moment.strftime("%z")
    clock = f"{moment.hour:02}:{moment.minute:02}:{moment.second:02}.{milliseconds:03}"
    return f"{day}T{clock}{offset[:3]}:{offset[3:5]}"


def part_of_day(text: str, offset: timezone) -> float:
    """A time as a part of a day, in ``offset``; NaN unless it is a time."""
    match = _TIME.match(text)
    moment = parse_moment(f"1970-01-01T{text}", offset) if match else None
    if moment is None:
        return float("nan")
    clock = datetime.combine(date(1970, 1, 1), moment.time(), tzinfo=UTC)
    return days_of(clock)


_DATE_FORMATS = {
    "Y": lambda moment: f"{moment.year:04}",
    "y": lambda moment: f"{moment.year:04}"[2:],
    "m": lambda moment: f"{moment.month:02}",
    "n": lambda moment: str(moment.month),
    "b": lambda moment: _MONTHS[moment.month - 1],
    "d": lambda moment: f"{moment.day:02}",
    "e": lambda moment: str(moment.day),
    "a": lambda moment: _DAYS[moment.weekday()],
    "H": lambda moment: f"{moment.hour:02}",
    "h": lambda moment: str(moment.hour),
    "M": lambda moment: f"{moment.minute:02}",
    "S": lambda moment: f"{moment.second:02}",
    "3": lambda moment: f"{moment.microsecond // 1000:03}",
}
_FORMAT = re.compile(f"%([{''.join(_DATE_FORMATS)}])")


def formatted(text: str, pattern: str, offset: timezone) -> str:
    """A date or date-time by a pattern such as ``%d %b %Y``; ``""`` where it is none."""
    moment = parse_moment(text, offset)
    if moment is None:
        return ""
    known = moment
    return _FORMAT.sub(lambda match: _DATE_FORMATS[match[1]](known), pattern)


def date_text(text: str) -> str:
    """The date of a date or date-time without an offset, ``""`` where it is none."""
    match = _FULL.match(text)
    if match is None or match[8] or parse_moment(match[0][:10], UTC) is None:
        return ""
    return text[:10]


def date_time_text(text: str) -> str:
    """A date-time unchanged, ``""`` where it is none."""
    return text if parse_moment(text, UTC) is not None and "T" in text else ""


def time_text(text: str) -> str:
    """A time unchanged, ``""`` where it is none."""
    match = _TIME.match(text)
    if match is None or parse_moment(f"1970-01-01T{text}", UTC) is None:
        return ""
    return text
