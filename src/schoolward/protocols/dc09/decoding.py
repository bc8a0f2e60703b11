"""The events of a frame, by the identifier that says in which code they are written."""

from __future__ import annotations

from typing import Final

from schoolward.protocols.dc09.charset import read_text
from schoolward.protocols.dc09.dc03 import decode_dc03
from schoolward.protocols.dc09.dc05 import decode_dc05
from schoolward.protocols.dc09.events import Event

WITHOUT_EVENTS: Final = frozenset({b"NULL", b"XNM", b"ACK", b"NAK", b"DUH", b"RSP"})
"""Link tests and answers."""


def decode_events(identifier: bytes, data: bytes, charset: str = "utf-8") -> list[Event]:
    """Return the events of a frame's data, in order; none of a link test or an answer.

    Raises ContentMalformed where DC-03 or DC-05 data break their grammar. Data of another format that DC-09
    may carry (pulse codes and such) come as one event of the kind "unknown", with what was sent as its text.
    """
    if identifier == b"SIA-DCS":
        return decode_dc03(data, charset)
    if identifier == b"ADM-CID":
        return decode_dc05(data, charset)
    if identifier in WITHOUT_EVENTS:
        return []
    name = identifier.decode("ascii", "replace")
    return [
        Event("", "", None, None, None, read_text(data, charset), f"Data in the format {name}", "unknown")
    ]
