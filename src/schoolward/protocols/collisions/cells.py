"""What single cells say: codes of injury, days and hours, distances, yes and no. Errors are a sentence's
end."""

from __future__ import annotations

import re
from datetime import date, datetime, time

from schoolward.protocols.collisions.records import Severity
from schoolward.protocols.police_records.fields import WallClock

_FOOT_M = 0.3048
_MILE_M = 1_609.344
_DAY = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})")
_UNKNOWN_HOUR = 2500
_FIRST_YEAR = 1990
_EPOCH_DAY = date(1970, 1, 1).toordinal()

SWITRS_SEVERITY = {
    "1": Severity.FATAL,
    "2": Severity.SERIOUS,
    "3": Severity.VISIBLE,
    "4": Severity.PAIN,
    "0": Severity.DAMAGE,
    "-": Severity.UNKNOWN,
    "": Severity.UNKNOWN,
}
SWITRS_DEGREE = {
    **SWITRS_SEVERITY,
    # What the report's form of 2017 calls suspected serious, suspected minor and possible injury.
    "5": Severity.SERIOUS,
    "6": Severity.VISIBLE,
    "7": Severity.PAIN,
}
SWITRS_PEDESTRIAN, SWITRS_BICYCLIST = "3", "4"  # VICTIM_ROLE
SWITRS_ROLES = frozenset("123456-") | {""}
SWITRS_PARTY_PEDESTRIAN, SWITRS_PARTY_BICYCLIST = "2", "4"  # PARTY_TYPE

CCRS_DEGREE = {
    "fatal": Severity.FATAL,
    "suspectserious": Severity.SERIOUS,
    "severeinactive": Severity.SERIOUS,
    "suspectminor": Severity.VISIBLE,
    "othervisibleinactive": Severity.VISIBLE,
    "possibleinjury": Severity.PAIN,
    "complaintofpaininactive": Severity.PAIN,
    "": Severity.DAMAGE,  # a witness, or a passenger who was not injured
}


def read_day(text: str) -> date:
    """A day as "20200726" or "2020-07-26", or with slashes as spreadsheets write it. Raises ValueError."""
    words = text.strip().partition(" ")[0]
    if match := _DAY.fullmatch(words):
        try:
            day = date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            raise ValueError("there is no such day") from None
    else:
        day = read_moment(f"{words} 00:00")[0] if words else _missing("the day")
    return _plausible(day)


def read_hour(text: str) -> time | None:
    """An hour of four digits, leading noughts or not; None for 2500 and a blank. Raises ValueError."""
    words = text.strip().replace(":", "")
    if not words or words == "-":
        return None
    if not words.isdigit() or len(words) > 4:
        raise ValueError("is not an hour of four digits")
    number = int(words)
    if number == _UNKNOWN_HOUR:
        return None
    if number == 2400:
        return time(0, 0)
    if number // 100 > 23 or number % 100 > 59:
        raise ValueError("there is no such hour")
    return time(number // 100, number % 100)


def read_moment(text: str, clock: WallClock | None = None) -> tuple[date, time]:
    """A day with its hour, in California's own time. Raises ValueError."""
    seconds, _ = (clock or WallClock()).read(text)
    moment = datetime.combine(date.fromordinal(_EPOCH_DAY + seconds // 86_400), time())
    return _plausible(moment.date()), time(seconds % 86_400 // 3600, seconds % 3600 // 60)


def read_count(text: str) -> int | None:
    """How many; None for a blank, and for a number below nought, which files hold. Raises ValueError."""
    words = text.strip()
    if words in {"", "-"}:
        return None
    try:
        number = float(words)
    except ValueError:
        raise ValueError("is not a whole number") from None
    if not number.is_integer():  # an infinite one is none, and so is what is no number
        raise ValueError("is not a whole number")
    return int(number) if number >= 0 else None


def read_distance_m(text: str, unit: str) -> float | None:
    """A distance of the report (feet, or miles where the unit says so) in metres. Raises ValueError."""
    words = text.strip().replace(",", "")
    if words in {"", "-"}:
        return None
    try:
        number = float(words)
    except ValueError:
        raise ValueError("is not a number") from None
    if not 0 <= number < 1e7:
        raise ValueError("is no distance")
    return number * (
        _MILE_M if unit.strip().upper().startswith("MI") or unit.strip().upper() == "M" else _FOOT_M
    )


def says_yes(text: str) -> bool:
    """Whether a cell says yes: Y, yes, True, 1."""
    return text.strip().lower() in {"y", "yes", "true", "t", "1"}


def read_direction(text: str) -> str:
    """N, E, S or W; anything else is no direction."""
    letter = text.strip().upper()[:1]
    return letter if letter in {"N", "E", "S", "W"} else ""


def _missing(what: str) -> date:
    raise ValueError(f"{what} is missing")


def _plausible(day: date) -> date:
    if day.year < _FIRST_YEAR:
        raise ValueError(f"lies before {_FIRST_YEAR}, when these records began")
    return day
