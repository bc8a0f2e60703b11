"""The events of a frame, by the identifier that says in which code they are written."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Final

from schoolward.protocols.dc09.charset import read_text
from schoolward.protocols.dc09.dc03 import decode_dc03
from schoolward.protocols.dc09.dc05 import decode_dc05
from schoolward.protocols.dc09.errors import ContentMalformed
from schoolward.protocols.dc09.events import Event

WITHOUT_EVENTS: Final = frozenset({b"NULL", b"XNM", b"ACK", b"NAK", b"DUH", b"RSP"})
"""Link tests and answers."""

_Decoder = Callable[[bytes, str], list[Event]]
# Each code by its identifier, and the other one, because installers set panels to the wrong identifier.
_CODES: Final[dict[bytes, tuple[_Decoder, _Decoder]]] = {
    b"SIA-DCS": (decode_dc03, decode_dc05),
    b"ADM-CID": (decode_dc05, decode_dc03),
}


def decode_events(identifier: bytes, data: bytes, charset: str = "utf-8") -> list[Event]:
    """Return the events of a frame's data, in order; none of a link test or an answer.

    Raises ContentMalformed where DC-03 or DC-05 data break their grammar; an alarm in the one code under the
    identifier of the other is read as what it is. Data of another format that DC-09 may carry (pulse codes
    and such) come as one event of the kind "unknown", with what was sent as its text.
    """
    if identifier in _CODES:
        decode, decode_other = _CODES[identifier]
        try:
            return decode(data, charset)
        except ContentMalformed:
            with suppress(ContentMalformed):
                events = decode_other(data, charset)
                if any(event.kind not in ("unknown", "information") for event in events):
                    return events
            raise
    if identifier in WITHOUT_EVENTS:
        return []
    name = identifier.decode("ascii", "replace")
    return [
        Event("", "", None, None, None, read_text(data, charset), f"Data in the format {name}", "unknown")
    ]
