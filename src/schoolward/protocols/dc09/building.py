"""The panel's side: making frames, for the simulator and for tests."""

from __future__ import annotations

from binascii import hexlify
from collections.abc import Sequence
from datetime import datetime

from schoolward.protocols.dc09.answers import seal
from schoolward.protocols.dc09.cipher import Key, pad
from schoolward.protocols.dc09.timestamps import write_stamp


def build_frame(
    identifier: bytes,
    data: bytes = b"",
    *,
    account: bytes,
    sequence: int | bytes,
    receiver: bytes | None = None,
    line: bytes | None = b"0",
    extended: Sequence[bytes] = (),
    timestamp: datetime | None = None,
    key: Key | None = None,
    account_inside: bool = True,
    binary_crc: bool = False,
    decimal_length: bool = False,
) -> bytes:
    """Return one frame as a panel would send it, LF to CR inclusive; encrypted where there is a key.

    ``data`` and ``extended`` are without brackets, in the line's charset. ``account_inside`` repeats the
    account before the data, as most panels do where there are data. Nothing is checked: a simulator may want
    it wrong.
    """
    number = sequence if isinstance(sequence, bytes) else b"%04d" % sequence
    inside = b"#%b|" % account if account_inside and data else b""
    blocks = b"%b%b]" % (inside, data) + b"".join(b"[%b]" % item for item in extended)
    if timestamp is not None:
        blocks += write_stamp(timestamp)
    if key is not None:
        blocks = hexlify(key.encrypt(pad(blocks))).upper()
    checked = b'"%b%b"%b%b%b#%b[%b' % (
        b"" if key is None else b"*",
        identifier,
        number,
        b"" if receiver is None else b"R" + receiver,
        b"" if line is None else b"L" + line,
        account,
        blocks,
    )
    frame = seal(checked, binary_crc=binary_crc)
    if not decimal_length:
        return frame
    at = 3 if binary_crc else 5
    return frame[:at] + b"%04d" % len(checked) + frame[at + 4 :]
