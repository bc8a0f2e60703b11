"""Calendar feeds as RFC 5545 wants them: whole-day events, texts escaped, lines folded at 75 octets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

MEDIA_TYPE = "text/calendar; charset=utf-8"
_OCTETS = 75


@dataclass(frozen=True)
class WholeDay:
    """Something on one day. ``uid`` stays the same for the same thing, so that calendars move it along.

    ``cancelled`` is told instead of leaving it out: a calendar that had it strikes it out.
    """

    uid: str
    day: date
    summary: str
    description: str = ""
    url: str = ""
    location: str = ""
    cancelled: bool = False


def uid(name: str, root: str) -> str:
    """The UID of a thing by its name within an installation, of which ``root`` is the address.

    Two installations' feeds do not overwrite one another in the calendar that holds both.
    """
    host = root.partition("://")[2].partition("/")[0]
    return f"{name}@{host}"


def calendar(events: Iterable[WholeDay], *, name: str, product: str, at: datetime) -> bytes:
    """A calendar of whole-day events. ``at`` is the moment of making (aware)."""
    return b"".join(_folded(line) for line in _lines(events, name, product, at))


def _lines(events: Iterable[WholeDay], name: str, product: str, at: datetime) -> Iterator[str]:
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield f"PRODID:{_text(product)}"
    yield "CALSCALE:GREGORIAN"
    yield "METHOD:PUBLISH"
    yield f"X-WR-CALNAME:{_text(name)}"
    stamp = at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    # Nobody counts what changed in an event. The minute of making stands for its revision: a calendar that
    # holds the event takes the later one, cancelled or taken up again.
    revision = int(at.timestamp() // 60)
    for event in events:
        yield "BEGIN:VEVENT"
        yield f"UID:{_text(event.uid)}"
        yield f"DTSTAMP:{stamp}"
        yield f"LAST-MODIFIED:{stamp}"
        yield f"SEQUENCE:{revision}"
        yield f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{event.day + timedelta(days=1):%Y%m%d}"
        yield f"SUMMARY:{_text(event.summary)}"
        if event.description:
            yield f"DESCRIPTION:{_text(event.description)}"
        if event.location:
            yield f"LOCATION:{_text(event.location)}"
        if event.cancelled:
            yield "STATUS:CANCELLED"
        if event.url:
            yield f"URL:{_plain(event.url)}"
        yield "TRANSP:TRANSPARENT"
        yield "END:VEVENT"
    yield "END:VCALENDAR"


def _text(words: str) -> str:
    """A TEXT value: backslash, semicolon, comma and line ends are escaped; other controls are left out."""
    escaped = words.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    joined = escaped.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")
    return _plain(joined)


def _plain(words: str) -> str:
    return "".join(c for c in words if c == "\t" or (ord(c) >= 32 and ord(c) != 127))


def _folded(line: str) -> bytes:
    """A content line with CRLF, folded so that no part is longer than 75 octets and no letter is cut."""
    parts: list[bytes] = []
    current = b""
    for letter in line:
        octets = letter.encode()
        # A folded line begins with a space, which counts.
        room = _OCTETS if not parts else _OCTETS - 1
        if len(current) + len(octets) > room:
            parts.append(current)
            current = b""
        current += octets
    parts.append(current)
    return b"\r\n ".join(parts) + b"\r\n"
