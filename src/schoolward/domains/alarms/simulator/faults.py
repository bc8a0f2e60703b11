"""What goes wrong between panels and receivers, done on purpose.

A fault is what goes over the wire before the right frame, and in which pieces. The right frame follows,
as a panel's next try would: a receiver that works refuses the fault, and still acknowledges every event.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from schoolward.domains.alarms.simulator.panels import Panel
from schoolward.protocols.dc09 import Key, prepare_key

_STRANGER: Key = prepare_key("5C" * 16)
_SCAN = b"GET / HTTP/1.1\r\nHost: alarms\r\n\r\n"


class Fault(StrEnum):
    """A fault by the name that the command line has for it."""

    CRC = "crc"
    SPLIT = "split"
    COALESCED = "coalesced"
    JUNK = "junk"
    SKEW = "skew"
    REPLAY = "replay"
    WRONG_KEY = "wrong-key"
    PLAINTEXT = "plaintext"


class Expected(StrEnum):
    """What a receiver that works answers to the faulty frame."""

    SILENCE = "silence"
    NAK = "nak"
    ACK = "ack"
    NOTHING_SENT = "nothing sent"


@dataclass(frozen=True, slots=True)
class Wire:
    """What is written for one event: the faulty frame, if there is one, then the pieces of the right one."""

    faulty: bytes = b""
    expected: Expected = Expected.NOTHING_SENT
    pieces: list[bytes] = field(default_factory=list)


def wire(
    fault: Fault | None, panel: Panel, sequence: int, data: bytes, at: datetime, chance: random.Random
) -> Wire:
    """What a panel writes for one event, with a fault or with none.

    ``COALESCED`` is not made here: it takes two events (`playing`).
    """
    right = panel.frame(sequence, data, at)
    if fault is Fault.CRC:
        wrong = bytearray(right)
        wrong[-2] ^= 0x01
        return Wire(bytes(wrong), Expected.SILENCE, [right])
    if fault is Fault.SPLIT:
        cuts = sorted(chance.sample(range(1, len(right)), 2))
        return Wire(pieces=[right[: cuts[0]], right[cuts[0] : cuts[1]], right[cuts[1] :]])
    if fault is Fault.JUNK:
        junk = chance.choice([b"\0", b"\r\n\0", _SCAN, b'\n12"34\r', b"\xff" * 40])
        return Wire(pieces=[junk + right + b"\0"])
    if fault is Fault.SKEW:
        return Wire(panel.frame(sequence, data, at - timedelta(hours=1)), Expected.NAK, [right])
    if fault is Fault.REPLAY:
        # From the same address and at once it is a panel that missed the answer.
        return Wire(right, Expected.ACK, [right])
    if fault is Fault.WRONG_KEY and panel.key is not None:
        return Wire(panel.frame(sequence, data, at, key=_STRANGER), Expected.NAK, [right])
    if fault is Fault.PLAINTEXT and panel.key is not None:
        return Wire(panel.frame(sequence, data, at, clear=True), Expected.NAK, [right])
    return Wire(pieces=[right])
