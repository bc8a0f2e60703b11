"""DC-03, the "SIA" code, as DC-09 carries it: blocks of packets, several events in each.

A data block holds DC-03 blocks, parted by "|". One begins with a letter for its function: "N" new events, "O"
old ones, "E" measured values, "A" words that belong to the event before. Its packets are parted by "/":

    modifier   two small letters and a value, for the events that follow: ti time, da date, id user, ri area …
    event      two capital letters and an address in hexadecimal digits: BA03
    either     and then a measurement (*21.5C) or words (^Front door^, *'Front door'NM)

Makers leave out the function, the "/" after a modifier, and closing marks of words, write two texts one after
the other, and put apostrophes into a zone's name; all of that is read. A part that cannot be read becomes an
event of the kind "unknown", so that the alarms before and behind it are not lost.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from schoolward.protocols.dc09.charset import read_text
from schoolward.protocols.dc09.codes import dc03_codes
from schoolward.protocols.dc09.errors import ContentMalformed
from schoolward.protocols.dc09.events import Event, say, unreadable

# Account, configuration, origin: alone, they say that nothing has happened.
_PREFATORY: Final = b"#@&"
# Control, programming, passcode, listen-in, video: nothing has happened, beside events.
_SILENT: Final = _PREFATORY + b"?CPLVvXI0123456789"
# Where words are not closed, they end before what can only be the next event of the block.
_NEXT: Final = rb"/(?:[a-z]{2}[-0-9.:]+/)*[A-Z]{2}[-0-9A-F:]*(?:[/*^ ]|$)"


def _quoted(mark: bytes, name: bytes) -> bytes:
    """Words after ``*`` in marks that may stand in them too: those that end a packet close them."""
    return (
        rb"\*%(m)b(?:(?P<%(n)b>(?:(?!\*%(m)b)[^|])*?)%(m)b[A-Z]{0,2}(?=/|$)"
        rb"|(?P<%(n)b_open>(?:(?!%(next)b)[^|])*))" % {b"m": mark, b"n": name, b"next": _NEXT}
    )


_CARET: Final = (
    rb"\^(?:(?P<caret>[^^|]*)\^(?:\^?(?P<second>[^^|/]+)\^)?|(?P<caret_open>(?:(?!%b)[^^|])*))" % _NEXT
)
_WORDS: Final = rb"(?:%b|%b|%b)" % (_quoted(b"'", b"single"), _quoted(b'"', b"double"), _CARET)
_TEXTS: Final = ("single", "single_open", "double", "double_open", "caret", "caret_open", "rest")
_PACKET: Final = re.compile(
    rb"(?:(?P<modifier>da|ti|id|ri|pi|ai|ph|lv|va|pt|rg|ss)(?P<value>[-0-9.:]*)|(?P<code>[A-Z]{2})(?P<address>[-0-9A-F:]*))"
    rb"(?:\*(?P<measured>[^*'\"^/|]+))?" + _WORDS + rb"?(?:[ ](?P<rest>[^/|^]*))?"
)
# A modifier of later editions, or of a maker: passed over, because it only adds to the events behind it.
_FURTHER_MODIFIER: Final = re.compile(rb"[a-z]{2}[-0-9A-Z.:]*(?=/)")
_MEASUREMENTS: Final = {
    "DA": "Temperature measured",
    "DB": "Air flow measured",
    "DI": "Humidity measured",
    "DM": "Level of a fluid measured",
}


@dataclass(slots=True)
class _Modifiers:
    """What the modifiers so far have said of the events to come."""

    partition: str | None = None
    user: str | None = None
    text: str | None = None


def decode_dc03(data: bytes, charset: str = "utf-8") -> list[Event]:
    """Read the events of a data block, in order. Raises ContentMalformed where none of it can be read."""
    events: list[Event] = []
    unread: list[bytes] = []
    silent: list[bytes] = []
    for block in data.split(b"|"):
        function = block[:1]
        if not block.strip():
            continue
        if function == b"A" and (events or not _is_bare(block)):
            say(events, read_text(block[1:], charset))
        elif found := _events_of(block, charset):
            events.extend(found)
        elif function not in _SILENT:
            unread.append(block)
        elif function not in _PREFATORY:
            silent.append(block)
    if (unread or silent) and not events:
        part = read_text((unread or silent)[0], charset)
        raise ContentMalformed(f"{part!r} is no block of events by DC-03.", part)
    return events + [unreadable(block, charset) for block in unread]


def _events_of(block: bytes, charset: str) -> list[Event]:
    function = block[:1]
    tells = function in (b"N", b"O", b"E")
    return (
        (_packets(block[1:], function, charset) if tells else [])
        or _packets(block, b"N", charset)  # some leave the letter for its function out
        or (_packets(block[1:], function, charset, begins_unread=True) if tells else [])
    )


def _is_bare(block: bytes) -> bool:
    """Tell an event without its function letter ("AT", "AR00") from words after an "A" ("Attic window")."""
    match = _PACKET.fullmatch(block)
    return match is not None and match["code"] is not None and match["code"].decode("ascii") in dc03_codes()


def _packets(block: bytes, function: bytes, charset: str, *, begins_unread: bool = False) -> list[Event]:
    """Return the events of one block; none where none is in it, or where it begins with what is no packet.

    ``begins_unread``: what stands before the first packet that can be read may be anything.
    """
    events: list[Event] = []
    modifiers = _Modifiers()
    is_any = False
    at = 0
    while at < len(block):
        if block[at : at + 1] in (b"/", b" "):
            at += 1
            continue
        match = _PACKET.match(block, at)
        # Letters and digits that run on are no packet, except that a modifier needs no "/" after it.
        if match is None or (match["code"] and block[match.end() : match.end() + 1] not in (b"", b"/")):
            further = _FURTHER_MODIFIER.match(block, at)
            if further is not None:
                at = further.end()
                continue
            if not is_any and not begins_unread:
                return []
            end = block.find(b"/", at)
            part = block[at:] if end < 0 else block[at:end]
            events.append(unreadable(part, charset))
            at += len(part)
            continue
        at = match.end()
        if match["modifier"] is not None:
            _modify(modifiers, match, charset)
        else:
            is_any = True
            events.append(_event(match, function.decode("ascii"), modifiers, charset))
    return events if is_any else []


def _modify(modifiers: _Modifiers, match: re.Match[bytes], charset: str) -> None:
    value = match["value"].decode("ascii")
    if match["modifier"] == b"ri":
        modifiers.partition = value
    elif match["modifier"] == b"id":
        modifiers.user = value
    modifiers.text = _words(match, charset) or modifiers.text


def _words(match: re.Match[bytes], charset: str) -> str | None:
    for name in _TEXTS:
        if words := match[name]:
            told = read_text(words, charset).strip()
            second = read_text(match["second"], charset).strip() if match["second"] else ""
            return ", ".join(filter(None, (told, second))) or None
    return None


def _event(match: re.Match[bytes], function: str, modifiers: _Modifiers, charset: str) -> Event:
    code = match["code"].decode("ascii")
    address = match["address"].decode("ascii") or None
    zone, partition, user = None, modifiers.partition, modifiers.user
    known = dc03_codes().get(code)
    if function == "E" and code in _MEASUREMENTS:
        zone, meaning, kind = address, _MEASUREMENTS[code], "information"
    elif known is None:
        zone, meaning, kind = address, f"Unknown code {code}", "unknown"
    else:
        meaning, kind = known.meaning, known.kind
        if known.address == "user":
            user = address or user
        elif known.address == "area":
            partition = address or partition
        else:
            zone = address
    text = _words(match, charset) or modifiers.text
    if match["measured"]:
        text = " ".join(filter(None, (text, read_text(match["measured"], charset))))
    return Event(code, function, zone, partition, user, text, meaning, kind)
