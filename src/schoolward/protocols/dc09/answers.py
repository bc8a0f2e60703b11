"""What a receiver sends back. Receiver, line and account are echoed byte for byte, absences included.

An answer has the CRC in the form of the question, and is encrypted if, and only if, the question was. NAK and
DUH never are.
"""

from __future__ import annotations

from binascii import hexlify
from datetime import datetime

from schoolward.protocols.dc09.checksum import crc
from schoolward.protocols.dc09.cipher import Key, pad
from schoolward.protocols.dc09.frame import Envelope
from schoolward.protocols.dc09.timestamps import write_stamp


def seal(checked: bytes, *, binary_crc: bool = False) -> bytes:
    """Put LF, CRC, length and CR around what they check: everything from the first quotation mark on."""
    if binary_crc:
        return b"\n%b%04X%b\r" % (crc(checked).to_bytes(2, "big"), len(checked), checked)
    return b"\n%04X%04X%b\r" % (crc(checked), len(checked), checked)


def acknowledge(envelope: Envelope, key: Key | None = None, *, now: datetime) -> bytes:
    """Return the ACK of a frame. An encrypted one needs its key, and is answered with the time ``now``."""
    if envelope.encrypted:
        return _encrypted(b'"*ACK"', envelope, b"", key, now)
    return seal(b'"ACK"%b[]' % envelope.address, binary_crc=envelope.binary_crc)


def respond(envelope: Envelope, data: bytes, key: Key | None, now: datetime) -> bytes:
    """Return the RSP of a frame: an acknowledgement that carries data."""
    if envelope.encrypted:
        return _encrypted(b'"*RSP"', envelope, data, key, now)
    return seal(b'"RSP"%b[%b]' % (envelope.address, data), binary_crc=envelope.binary_crc)


def negative(now: datetime, *, binary_crc: bool = False) -> bytes:
    """Return a NAK. It names no account; it carries our time, so that a panel can set its clock."""
    return seal(b'"NAK"0000R0L0A0[]' + write_stamp(now), binary_crc=binary_crc)


def unable(envelope: Envelope) -> bytes:
    """Return the DUH of a frame: received, and never going to be processed, so resending it is no use."""
    return seal(b'"DUH"%b[]' % envelope.address, binary_crc=envelope.binary_crc)


def _encrypted(identifier: bytes, envelope: Envelope, data: bytes, key: Key | None, now: datetime) -> bytes:
    if key is None:
        raise ValueError("an encrypted frame is answered with the account's key")
    sealed = hexlify(key.encrypt(pad(b"%b]%b" % (data, write_stamp(now))))).upper()
    return seal(b"%b%b[%b" % (identifier, envelope.address, sealed), binary_crc=envelope.binary_crc)
