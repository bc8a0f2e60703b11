"""A frame's body: the data block, the blocks of extended data and the timestamp, in clear or encrypted."""

from __future__ import annotations

import re
from binascii import unhexlify
from datetime import datetime
from hashlib import blake2b
from typing import Final, NamedTuple

from schoolward.protocols.dc09.cipher import BLOCK, Key
from schoolward.protocols.dc09.errors import ContentMalformed, WrongKey
from schoolward.protocols.dc09.frame import Envelope
from schoolward.protocols.dc09.timestamps import STAMP_LENGTH, read_stamp

_READABLE: Final = re.compile(rb"[\x14-~]*")  # dc09-spt's pads begin at 0x14
# The pad, of any bytes but these three, then enough plain text that no other key makes of it by chance.
_TOLD: Final = re.compile(rb"\A[^|\[\]]{1,31}\|[ -~]{6,}\]\Z", re.DOTALL)
# Some put no "|" after the pad where no data follow it.
_WITHOUT_DATA: Final = frozenset({b"NULL", b"XNM", b"ACK", b"RSP"})
_NO_BLOCK: Final = {
    WrongKey: "The key does not fit: what it decrypts to is no data block.",
    ContentMalformed: "The body is not a data block in brackets, extended data and a timestamp.",
}


class Body(NamedTuple):
    """What stands in a frame's blocks, as bytes: its charset is the line's own."""

    data: bytes
    """The data block without brackets, and without the account before it."""
    extended: tuple[bytes, ...]
    """The further blocks without brackets: a letter and its value."""
    timestamp: datetime | None
    """Aware, UTC; ``None`` where there is none, or no such moment."""
    account_inside: bytes | None
    """The account that the data repeats before "|"; some makes (Ajax) leave it out."""
    stamped: bool = False
    """Whether a timestamp stands there at all."""


def open_body(envelope: Envelope, key: Key | None) -> Body:
    """Read the body of a frame, with the account's key if the frame is encrypted.

    Raises WrongKey where an encrypted body does not open to anything that makes sense, or there is no key;
    and ContentMalformed where a body in clear breaks the grammar. An account in the data that is not the
    header's counts as either. DC-09 authenticates nothing: a body that opens may still be a replay.
    """
    if not envelope.encrypted:
        return _read(envelope, envelope.body, ContentMalformed)
    if key is None:
        raise WrongKey("The frame is encrypted and there is no key for it.")
    return _read(envelope, b"[" + _decrypt(envelope, key), WrongKey)


def _decrypt(envelope: Envelope, key: Key) -> bytes:
    """Return what follows the pad."""
    try:
        blocks = unhexlify(envelope.body[1:])
    except ValueError:
        raise WrongKey("The encrypted part is not in hexadecimal digits.") from None
    if not blocks or len(blocks) % BLOCK:
        raise WrongKey("The encrypted part does not fill blocks of 16 bytes.")
    clear = key.decrypt(blocks).rstrip(b"\0")  # a maker may fill the last block with them
    if clear[-1:] == b"]" and not (_READABLE.fullmatch(clear) or _TOLD.search(clear)):
        # Every edition wants a timestamp where there is encryption. It is also what tells the right key:
        # without one, only plain characters will do, at least from the end of the pad on.
        raise WrongKey("The key does not fit: what it decrypts to is not readable.")
    bar, end = clear.find(b"|"), clear.find(b"]")
    if 0 <= bar < end:
        return clear[bar + 1 :]
    if end < 0 or envelope.identifier not in _WITHOUT_DATA:
        raise WrongKey("The key does not fit: what it decrypts to has no end of its pad.")
    return clear[end:]


def _read(envelope: Envelope, body: bytes, fault: type[ContentMalformed] | type[WrongKey]) -> Body:
    timestamp = None
    inner = body[1:-1]
    if body[-1:] != b"]":
        inner = body[1 : -STAMP_LENGTH - 1]
        try:
            if body[-STAMP_LENGTH - 1 : -STAMP_LENGTH] != b"]":
                raise ValueError
            timestamp = read_stamp(body[-STAMP_LENGTH:])
        except ValueError:
            raise fault(_NO_BLOCK[fault]) from None
    elif len(body) < 2:
        raise fault(_NO_BLOCK[fault])
    # Blocks are told apart by "][": a bracket alone may stand in a value (JSON, since 2026).
    data, *extended = inner.split(b"][")
    account = None
    if data[:1] == b"#":
        account, _, data = data[1:].partition(b"|")
        if account != envelope.account and not _same(account, envelope.account):
            raise fault("The account inside the data is not the one in the header.")
    return Body(data, tuple(extended), timestamp, account, body[-1:] != b"]")


def _same(one: bytes, other: bytes) -> bool:
    return one.lstrip(b"0").upper() == other.lstrip(b"0").upper()


def idempotence_digest(envelope: Envelope, body: Body) -> bytes:
    """Return 16 bytes that are the same for a frame and its resends, and for nothing else.

    Panels resend a sequence number with a new timestamp, so neither that nor the time in the extended data
    ("H") takes part; everything else that was said does.
    """
    # No two frames share this text: what precedes a quotation mark, a bracket or "][" holds none itself.
    said = [item for item in body.extended if item[:1] != b"H"]
    told = b'%b"%b[%b' % (envelope.identifier, envelope.address, b"][".join((body.data, *said)))
    return blake2b(told, digest_size=16).digest()
