"""DC-05, Ademco Contact ID, as DC-09 carries it: ``QXYZ GG CCC``, and no checksum of its own.

Q qualifies (1 new or opening, 3 restored or closing, 6 still so), XYZ is the code, GG the partition, CCC the
zone or user. All digits may be hexadecimal. Some makers put Contact ID's message type before it (18, or 98).
"""

from __future__ import annotations

import re
from typing import Final

from schoolward.protocols.dc09.charset import read_text
from schoolward.protocols.dc09.codes import dc05_codes
from schoolward.protocols.dc09.errors import ContentMalformed
from schoolward.protocols.dc09.events import Event, say, unreadable

_EVENT: Final = re.compile(
    rb"\s*(?:(?:18|98)\s*(?=[136]))?([0-9A-Fa-f])([0-9A-Fa-f]{3})\s*([0-9A-Fa-f]{2})\s*([0-9A-Fa-f]{3})(?:[\s^*'\"]+([^|]*?)[\s^'\"]*)?\s*"
)
_GROUPS: Final = {
    "10": "medical",
    "11": "fire",
    "12": "panic",
    "13": "burglary",
    "1": "alarm",
    "2": "fire supervisory",
    "3": "trouble",
    "4": "arming and access",
    "5": "disabled and bypassed",
    "6": "test and miscellaneous",
}


def decode_dc05(data: bytes, charset: str = "utf-8") -> list[Event]:
    """Read the Contact ID events of a data block. Raises ContentMalformed where there is none.

    The standard has one in a block; more, after "|", are read too, and what is none is the words of the event
    before it.
    """
    events: list[Event] = []
    unread: list[bytes] = []
    for block in data.split(b"|"):
        if not block.strip() or block.startswith(b"#"):
            continue
        match = _EVENT.fullmatch(block)
        if match is not None:
            qualifier, code, partition, number = (part.decode("ascii").upper() for part in match.groups()[:4])
            text = read_text(match[5], charset) if match[5] else None
            events.append(_event(qualifier, code, partition, number, text))
        elif events:
            say(events, read_text(block, charset).strip())
        else:
            unread.append(block)
    if unread and not events:
        part = read_text(unread[0], charset)
        raise ContentMalformed(f"{part!r} is no Contact ID event: QXYZ GG CCC.", part)
    return events + [unreadable(block, charset) for block in unread]


def _event(qualifier: str, code: str, partition: str, number: str, text: str | None) -> Event:
    known = dc05_codes().get(code)
    if known is None:
        group = _GROUPS.get(code[:2]) or _GROUPS.get(code[:1])
        meaning = f"Unknown code {code}" + (f" of the group: {group}" if group else "")
        return Event(code, qualifier, number, partition, None, text, meaning, "unknown")
    meaning, kind = known.meaning, known.kind
    if qualifier == "3":
        meaning = known.meaning_restored or f"{meaning}: restored"
        kind = known.kind_restored
    elif qualifier == "6":
        meaning = f"{meaning}: still so"
    elif qualifier != "1":
        meaning, kind = f"{meaning}, with the unknown qualifier {qualifier}", "unknown"
    if known.address == "user":
        return Event(code, qualifier, None, partition, number, text, meaning, kind)
    return Event(code, qualifier, number, partition, None, text, meaning, kind)
