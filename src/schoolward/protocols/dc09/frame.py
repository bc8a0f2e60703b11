"""One raw frame, read no further than its header: what a receiver must know before it answers.

    LF CRC 0LLL "id" seq [Rrcvr] Lpref #acct [data] [x].. [_HH:MM:SS,MM-DD-YYYY] CR

The CRC and the length are those of the raw bytes from the first quotation mark to the one before the CR.
"""

from __future__ import annotations

import re
from typing import Final

from schoolward.protocols.dc09.checksum import crc
from schoolward.protocols.dc09.profile import DEFAULT, Profile

# A NAK has no account but "A0". Accounts are hexadecimal by the standard; makers have letters of their own.
# The sequence is decimal, 0001 to 9999, but dc09-spt counts in hexadecimal; all that we do is echo it.
_ENVELOPE: Final = re.compile(
    rb'\n(?:([0-9A-Fa-f]{4})|(..))([0-9A-Fa-f]{4})"(\*?)([!#-)+-~]{1,16})"'
    rb"(([0-9A-Fa-f]{4})(?:R([0-9A-Fa-f]{0,6}))?(?:L([0-9A-Fa-f]{0,6}))?(?:#([0-9A-Za-z]{0,16})|A0))(\[[^\r]*)\r",
    re.DOTALL,
)
_FORM: Final = re.compile(rb'\n(?:([^"]{4})|(..))([^"]{4})"', re.DOTALL)
_HEX: Final = re.compile(rb"[0-9A-Fa-f]{4}")


class Envelope:
    """The header of one frame. Fields are bytes as they were sent, because answers echo them so.

    ``ok`` speaks of framing, CRC and length as the profile wants them; ``error`` is a sentence where it is
    false. Whether the body can be read is another question, and `open_body` answers it.
    """

    __slots__ = (
        "account",
        "address",
        "binary_crc",
        "body",
        "crc_ok",
        "encrypted",
        "error",
        "identifier",
        "length_ok",
        "line",
        "ok",
        "raw",
        "receiver",
        "sequence",
    )

    raw: bytes
    ok: bool
    error: str
    crc_ok: bool
    length_ok: bool
    identifier: bytes
    """Without the asterisk that marks an encrypted frame."""
    encrypted: bool
    sequence: bytes
    """Four digits; decimal by the standard."""
    receiver: bytes | None
    """The digits after "R"; ``None`` where there is no "R", empty where it stands alone."""
    line: bytes | None
    """The digits after "L", likewise."""
    account: bytes
    address: bytes
    """Sequence, receiver, line and account in one piece, for the answer's echo."""
    body: bytes
    """From "[" to the end, still encrypted."""
    binary_crc: bool

    def __repr__(self) -> str:
        return f"<Envelope {self.raw!r} {self.error or 'ok'}>"


def parse_envelope(raw: bytes, profile: Profile = DEFAULT) -> Envelope:
    """Read one raw frame, LF to CR inclusive. It never raises: a frame that is none says so in ``error``."""
    match = _ENVELOPE.fullmatch(raw)
    if match is None:
        return _malformed(raw, profile)
    # Set one by one, without a constructor in between: this is what every frame has to pass.
    envelope = Envelope()
    envelope.raw = raw
    (
        digits,
        octets,
        length,
        star,
        envelope.identifier,
        envelope.address,
        envelope.sequence,
        envelope.receiver,
        envelope.line,
        account,
        envelope.body,
    ) = match.groups()
    envelope.account = account or b""
    envelope.encrypted = star == b"*"
    if digits is not None:
        checked = raw[9:-1]
        crc_ok = int(digits, 16) == crc(checked)
        envelope.binary_crc = False
        wrong_form = profile.crc == "binary"
    else:
        checked = raw[7:-1]
        crc_ok = int.from_bytes(octets, "big") == crc(checked)
        envelope.binary_crc = True
        wrong_form = profile.crc == "hex"
    length_ok = int(length, 16) == len(checked) or (
        profile.length == "decimal" and _is_decimal(length, checked)
    )
    envelope.crc_ok = crc_ok
    envelope.length_ok = length_ok
    envelope.ok = ok = crc_ok and not wrong_form and (length_ok or profile.length == "lax")
    envelope.error = "" if ok else _fault(crc_ok, wrong_form, profile, length, len(checked))
    return envelope


def _is_decimal(length: bytes, checked: bytes) -> bool:
    return length.isdigit() and int(length) == len(checked)


def _fault(crc_ok: bool, wrong_form: bool, profile: Profile, length: bytes, actual: int) -> str:
    if not crc_ok:
        return "The CRC does not fit the frame."
    if wrong_form:
        return f'The CRC is not in the form that the profile "{profile.name}" wants.'
    return f"The length says {length.decode('ascii')}; the frame has {actual:04X} (hexadecimal)."


def _malformed(raw: bytes, profile: Profile) -> Envelope:
    """Say as much as can be said of bytes that have no proper header."""
    envelope = Envelope()
    envelope.raw = raw
    envelope.ok = envelope.crc_ok = envelope.length_ok = envelope.encrypted = envelope.binary_crc = False
    envelope.identifier = envelope.address = envelope.sequence = envelope.account = envelope.body = b""
    envelope.receiver = envelope.line = None
    form = _FORM.match(raw)
    if form is None or not raw.endswith(b"\r"):
        envelope.error = _no_frame(raw)
        return envelope
    digits, octets, length = form.groups()
    if digits is None:
        envelope.binary_crc = True
        checked = raw[7:-1]
        envelope.crc_ok = int.from_bytes(octets, "big") == crc(checked)
    else:
        checked = raw[9:-1]
        envelope.crc_ok = _HEX.fullmatch(digits) is not None and int(digits, 16) == crc(checked)
    envelope.length_ok = (_HEX.fullmatch(length) is not None and int(length, 16) == len(checked)) or (
        profile.length == "decimal" and _is_decimal(length, checked)
    )
    if envelope.crc_ok:
        envelope.error = 'The header is not "id", sequence, receiver, line, account and "[".'
    else:
        envelope.error = "The CRC does not fit the frame."
    return envelope


def _no_frame(raw: bytes) -> str:
    if not raw.strip(b"\0\r\n\t "):
        return "These bytes are no frame: only blanks between frames."
    if not raw.startswith(b"\n"):
        return "These bytes are no frame: one begins with LF, CRC, length and a quotation mark."
    if not raw.endswith(b"\r"):
        return "This frame has no end: the CR is missing."
    return "These bytes are no frame: after LF there are not CRC, length and a quotation mark."
