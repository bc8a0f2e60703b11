"""One column at a time: wall-clock times, coordinates and codes as they stand in real files."""

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Final, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

NOTHING: Final = frozenset({"", "UI", "NO DATA", "NULL", "NONE", "N/A", "NA", "UNKNOWN", "UNK", "-"})
"""What files write where they know nothing."""

_LONGEST_NOTHING: Final = max(map(len, NOTHING))

_EPOCH = date(1970, 1, 1).toordinal()
_MEMORY = 500_000
_DATE_ISO = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})")
_DATE_US = re.compile(r"(\d{1,2})[-/](\d{1,2})[-/](\d{4}|\d{2})")
_TIME = re.compile(
    r"(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(AM|PM)?\s*(Z|UTC|[+-]\d{2}(?::?\d{2})?)?", re.I
)
_GUARDED = re.compile(r"'+\s*[=+\-@＝＋－＠]")  # noqa: RUF001 - an apostrophe that keeps a formula from running
_OLDEST_TWO_DIGIT_YEAR = 69  # POSIX: 69-99 are 1969-1999, 00-68 are 2000-2068
_FARTHEST_OFFSET = 14 * 3600  # Kiribati
_Value = TypeVar("_Value")


class Remembered(Generic[_Value]):
    """A bounded memory of what texts mean: files repeat a few thousand dates, addresses and codes."""

    def __init__(self, read: Callable[[str], _Value]) -> None:
        self._read = read
        self._known: dict[str, _Value] = {}

    def __getitem__(self, text: str) -> _Value:
        return self.column([text])[0]

    def column(self, texts: Sequence[str]) -> list[_Value]:
        """Return the meaning of each text; those that are not known yet are worked out with `read`."""
        known = self._known
        with suppress(KeyError):  # most columns hold nothing new, which shows soonest by looking all of it up
            return list(map(known.__getitem__, texts))
        unknown = set(texts).difference(known)
        if len(known) + len(unknown) > _MEMORY:
            known.clear()
            unknown = set(texts)
        known.update(zip(unknown, map(self._read, unknown), strict=True))
        return list(map(known.__getitem__, texts))


class WallClock:
    """Reads dates with times, with or without an offset from UTC."""

    def __init__(self) -> None:
        # Moments are nearly all different, their days and their times of day are few: two small memories.
        self._days = Remembered(_day)
        self._times = Remembered(_time)

    def column(self, texts: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """Return (seconds since 1970-01-01 00:00, whether they are of UTC); else they are wall-clock time.

        Raises ValueError if any text cannot be read; `read` then tells which.
        """
        try:
            days, _, times = zip(*(text.partition(" ") for text in texts), strict=True)
            codes = np.array(self._days.column(days), dtype=np.int64) + self._times.column(times)
        except ValueError:  # not spelt with one space throughout, or one of them cannot be read, or no row
            codes = np.array([self._moment(text) for text in texts], dtype=np.int64)
        return codes >> 1, (codes & 1).astype(np.bool_)

    def read(self, text: str) -> tuple[int, bool]:
        """Read one moment: "1/31/06 23:50", "1/31/2006 11:50 PM", "2021/01/01 09:08:00+00", ISO 8601.

        Raises ValueError with a sentence for the user.
        """
        coded = self._moment(text)
        return coded >> 1, bool(coded & 1)

    def _moment(self, text: str) -> int:
        words = text.strip()
        day, gap, time = words.partition("T" if "T" in words[:11] else " ")
        if not gap:
            raise ValueError("the time of day is missing" if words else "the date and time are missing")
        return self._days[day] + self._times[time]


def _day(text: str) -> int:
    """Return twice the seconds from 1970 to the day's beginning; see `_time`."""
    if match := _DATE_ISO.fullmatch(text):
        year, month, day = (int(part) for part in match.groups())
    elif match := _DATE_US.fullmatch(text):
        month, day, year = (int(part) for part in match.groups())
        if len(match[3]) == 2:
            year += 1900 if year >= _OLDEST_TWO_DIGIT_YEAR else 2000
    else:
        raise ValueError("this is not a date that we can read")
    if year < 1900:
        raise ValueError("the year lies before 1900")
    try:
        return 2 * 86_400 * (date(year, month, day).toordinal() - _EPOCH)
    except ValueError as error:
        raise ValueError(f"there is no such day: {error}") from None


def _time(text: str) -> int:
    """Return twice the seconds since midnight, plus one for UTC: one integer, so that a column becomes an
    array."""
    match = _TIME.fullmatch(text.strip())
    if match is None:
        raise ValueError("this is not a time of day that we can read")
    hour, minute, second = int(match[1]), int(match[2]), int(match[3] or 0)
    if match[4]:
        if not 1 <= hour <= 12:
            raise ValueError("there is no such hour on a twelve-hour clock")
        hour = hour % 12 + (12 if match[4].upper() == "PM" else 0)
    if hour > 23 or minute > 59 or second > 60:
        raise ValueError("there is no such time of day")
    seconds = hour * 3600 + minute * 60 + min(second, 59)  # a leap second is the last second of its minute
    offset = match[5]
    if not offset:
        return 2 * seconds
    if offset[0] in "+-":
        digits = offset[1:].replace(":", "").ljust(4, "0")
        away = int(digits[:2]) * 3600 + int(digits[2:]) * 60
        if away > _FARTHEST_OFFSET or int(digits[2:]) > 59:
            raise ValueError(f"no clock is {offset} away from UTC")
        seconds -= away if offset[0] == "+" else -away
    return 2 * seconds + 1


@dataclass(frozen=True, slots=True)
class Region:
    """A box of longitudes and latitudes in which every position of a file must lie. Degrees."""

    name: str
    west: float
    south: float
    east: float
    north: float

    def holds(self, longitude: NDArray[np.float64], latitude: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Tell for each position whether it lies inside. NaN does not."""
        inside: NDArray[np.bool_] = (
            (longitude >= self.west)
            & (longitude <= self.east)
            & (latitude >= self.south)
            & (latitude <= self.north)
        )
        return inside


CALIFORNIA = Region("California", -124.6, 32.4, -114.0, 42.1)
UNITED_STATES = Region("the United States", -179.9, 17.5, -64.0, 71.6)


@dataclass(slots=True)
class Positions:
    """Degrees, NaN where there is none; indices that were mended; indices that cannot be right."""

    longitude: NDArray[np.float64]
    latitude: NDArray[np.float64]
    mended: list[int]
    wrong: list[tuple[int, str, str]]  # index, "longitude" or "latitude", sentence


def read_positions(longitudes: Sequence[str], latitudes: Sequence[str], region: Region) -> Positions:
    """Read two columns of degrees. Flipped signs are mended and said; "0, 0" means no position."""
    wrong: list[tuple[int, str, str]] = []
    longitude = _degrees(longitudes, "longitude", wrong)
    latitude = _degrees(latitudes, "latitude", wrong)
    nowhere = (longitude == 0) & (latitude == 0)
    longitude[nowhere] = latitude[nowhere] = np.nan
    mended: list[int] = []
    outside = ~region.holds(longitude, latitude) & ~(np.isnan(longitude) & np.isnan(latitude))
    already_wrong = {index for index, _, _ in wrong}
    for index in np.flatnonzero(outside).tolist():
        if index in already_wrong:
            continue
        east, north = -abs(longitude[index]), abs(latitude[index])
        if region.holds(np.array([east]), np.array([north]))[0]:
            longitude[index], latitude[index] = east, north
            mended.append(index)
        elif np.isnan(longitude[index]) or np.isnan(latitude[index]):
            name, texts = ("longitude", longitudes) if np.isnan(longitude[index]) else ("latitude", latitudes)
            if _says_nothing(texts[index]):
                error = f"the {name} is missing although the other coordinate is there"
            else:  # "NaN", which is a float to Python
                error = "is not a number"
            wrong.append((index, name, error))
        else:
            inside_north = region.south <= latitude[index] <= region.north
            wrong.append((index, "longitude" if inside_north else "latitude", f"lies outside {region.name}"))
    return Positions(longitude, latitude, mended, wrong)


def _degrees(texts: Sequence[str], name: str, wrong: list[tuple[int, str, str]]) -> NDArray[np.float64]:
    try:
        values = np.fromiter(map(float, texts), dtype=np.float64, count=len(texts))
    except ValueError:
        values = np.full(len(texts), np.nan)
        for index, text in enumerate(texts):
            if _says_nothing(text):
                continue
            try:
                values[index] = float(text)
            except ValueError:
                wrong.append((index, name, "is not a number"))
    for index in np.flatnonzero(np.isinf(values)).tolist():
        values[index] = np.nan
        wrong.append((index, name, "is not a number"))
    return values


def _says_nothing(text: str) -> bool:
    return text.strip().upper() in NOTHING


class Tidy:
    """Strips text, drops the words for nothing, and notes texts that no such column can hold."""

    def __init__(self, limit: int, *, digits: int = 0) -> None:
        self.limit = limit
        self.digits = digits
        self.faults: dict[str, tuple[str, str]] = {}
        self._tidied = Remembered(self._tidy)

    def column(self, texts: Sequence[str]) -> list[str]:
        """Return the texts stripped, inner spaces squeezed, "UI" and "No Data" emptied.

        Numbers get back the leading zeros that a spreadsheet took (to `digits`). A text that is too long or
        not in the file's encoding is put into `faults` with (error, mend).
        """
        return self._tidied.column(texts)

    def _tidy(self, text: str) -> str:
        tidy = " ".join(text.replace("\0", "").split())
        if tidy.startswith("'") and _GUARDED.match(tidy):
            tidy = tidy[1:]
        if len(tidy) <= _LONGEST_NOTHING and tidy.upper() in NOTHING:
            return ""
        if "\ufffd" in tidy:
            mend = "Save the file as CSV UTF-8 and import it again."
            return self._fault(tidy, "holds a character that is not in the file's encoding", mend)
        if len(tidy) > self.limit:
            mend = "Shorten it; if it holds several fields, close the quotation mark before it."
            return self._fault(tidy, f"is longer than {self.limit} characters", mend)
        return tidy.zfill(self.digits) if tidy.isdigit() else tidy

    def _fault(self, tidy: str, error: str, mend: str) -> str:
        """Note a fault under the text's beginning, which is still longer than any text without a fault."""
        beginning = tidy[: self.limit + 1]
        self.faults[beginning] = (error, mend)
        return beginning
