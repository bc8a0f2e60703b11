"""One event of a frame, whichever code it was written in."""

from __future__ import annotations

from typing import NamedTuple

from schoolward.protocols.dc09.charset import read_text


class Event(NamedTuple):
    """What happened, and where. Numbers are as the panel sent them, leading zeros included."""

    code: str
    """Two letters of DC-03 ("BA") or three digits of DC-05 ("130"); empty where only words were sent."""
    qualifier: str
    """As sent. DC-03: "N" new, "O" old (reported again or late), "E" a measured value.
    DC-05: "1" new, or opening; "3" restored, or closing; "6" still so."""
    zone: str | None
    partition: str | None
    user: str | None
    text: str | None
    """What the panel wrote in words, such as a zone's name."""
    meaning: str
    kind: str
    """One of `codes.KINDS`; "unknown" where the code is in no table."""


def say(events: list[Event], words: str) -> None:
    """Give words to the event before them, or let them stand alone."""
    if events and events[-1].text is None:
        events[-1] = events[-1]._replace(text=words)
    else:
        events.append(Event("", "N", None, None, None, words, "Message in words", "information"))


def unreadable(part: bytes, charset: str) -> Event:
    """What a part that breaks the grammar becomes, so that the events beside it are not lost with it."""
    return Event("", "N", None, None, None, read_text(part, charset), "Part that cannot be read", "unknown")
