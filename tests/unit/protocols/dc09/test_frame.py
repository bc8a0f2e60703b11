"""One raw frame at a time: header, CRC and length, in real panels' dialects. All accounts are invented."""

from __future__ import annotations

import pytest

from schoolward.protocols.dc09 import DEFAULT, PROFILES, Envelope, Profile, parse_envelope
from schoolward.protocols.dc09.checksum import crc

PLAIN = b'\nF6FB0041"SIA-DCS"0007R1L1#1234[#1234|Nri1/BA01^Hall^]_08:21:05,11-23-2026\r'


def bitwise_crc(data: bytes) -> int:
    """CRC-16/ARC from its definition, one bit at a time: the other way to the same number."""
    register = 0
    for byte in data:
        register ^= byte
        for _ in range(8):
            register = (register >> 1) ^ (0xA001 if register & 1 else 0)
    return register


def framed(checked: bytes, *, crc_format: str = "%04X", length_format: str = "%04X") -> bytes:
    """Put a header of the given spelling around a body."""
    head = (crc_format % bitwise_crc(checked)).encode() + (length_format % len(checked)).encode()
    return b"\n" + head + checked + b"\r"


def binary(checked: bytes) -> bytes:
    return b"\n" + bitwise_crc(checked).to_bytes(2, "big") + b"%04X" % len(checked) + checked + b"\r"


def test_the_check_value_of_the_catalogue() -> None:
    assert crc(b"123456789") == 0xBB3D == bitwise_crc(b"123456789")


def test_all_fields_of_a_plain_frame() -> None:
    frame = parse_envelope(PLAIN)

    assert (frame.ok, frame.error, frame.crc_ok, frame.length_ok) == (True, "", True, True)
    assert (frame.identifier, frame.encrypted, frame.binary_crc) == (b"SIA-DCS", False, False)
    assert (frame.sequence, frame.receiver, frame.line, frame.account) == (b"0007", b"1", b"1", b"1234")
    assert frame.address == b"0007R1L1#1234"
    assert frame.body == b"[#1234|Nri1/BA01^Hall^]_08:21:05,11-23-2026"
    assert frame.raw is PLAIN
    assert "ok" in repr(frame)


@pytest.mark.parametrize(
    ("checked", "receiver", "line", "account"),
    [
        (b'"NULL"0000L0#1234[]', None, b"0", b"1234"),
        (b'"NULL"0001R0L0#1234[]', b"0", b"0", b"1234"),
        (b'"NULL"0001RABCDEFL00fe#0012[]', b"ABCDEF", b"00fe", b"0012"),
        (b'"NULL"0001L#1234[]', None, b"", b"1234"),  # an L without digits
        (b'"NULL"0001RL#1234[]', b"", b"", b"1234"),
        (b'"NULL"0001#1234[]', None, None, b"1234"),  # no line at all
        (b'"NULL"000AL0#ab01[]', None, b"0", b"ab01"),  # sequence in hexadecimal, account in small letters
        (b'"NULL"0001L0#1234567890ABCDEF[]', None, b"0", b"1234567890ABCDEF"),
        (b'"NULL"0001L0#[]', None, b"0", b""),
        (b'"XNM"0002L0#1234[][CDP]', None, b"0", b"1234"),
        (b'"NAK"0000R0L0A0[]_08:21:05,11-23-2026', b"0", b"0", b""),
        (b'"SIA-DCS"0001L0#1234[#1234|NBA1][I\xc3\x89cole]', None, b"0", b"1234"),  # UTF-8
        (b'"SIA-DCS"0001L0#1234[#1234|NBA1][I\xc9cole]', None, b"0", b"1234"),  # cp1252
    ],
)
def test_headers_that_are_in_use(
    checked: bytes, receiver: bytes | None, line: bytes | None, account: bytes
) -> None:
    for raw in (framed(checked), framed(checked, crc_format="%04x", length_format="%04x"), binary(checked)):
        frame = parse_envelope(raw)

        assert frame.ok, frame
        assert (frame.receiver, frame.line, frame.account) == (receiver, line, account)
        assert frame.binary_crc == (len(raw) == len(checked) + 8)


def test_a_raw_crc_may_hold_any_byte() -> None:
    """CR, LF, a quotation mark, and digits that look like the other dialect."""
    wanted = {0x0A: False, 0x0D: False, 0x22: False}
    for number in range(4000):
        raw = binary(b'"NULL"%04dL0#1234[]' % number)
        frame = parse_envelope(raw)
        assert (frame.ok, frame.binary_crc) == (True, True)
        for byte in raw[1:3]:
            if byte in wanted:
                wanted[byte] = True
    assert all(wanted.values()), "the search met too few frames"


@pytest.mark.parametrize(
    ("raw", "crc_ok", "length_ok", "says"),
    [
        (PLAIN.replace(b"F6FB", b"F6FA"), False, True, "The CRC does not fit"),
        (PLAIN.replace(b"F6FB", b"F6FG"), False, True, "The CRC does not fit"),
        (PLAIN.replace(b"BA01", b"BA02"), False, True, "The CRC does not fit"),
        (PLAIN.replace(b"0041", b"0042"), True, False, "The length says 0042; the frame has 0041"),
        (PLAIN.replace(b"0041", b"00_1"), True, False, "The header is not"),
        (framed(b'"SIA-DCS"007L0#1234[]'), True, True, "The header is not"),
        (framed(b'"SIA-DCS"0007L0#1234'), True, True, "The header is not"),
        (framed(b'"SIA-DCS"0007LZ#1234[]'), True, True, "The header is not"),
        (framed(b'"SIA DCS"0007L0#1234[]'), True, True, "The header is not"),
        (PLAIN[1:], False, False, "one begins with LF"),
        (PLAIN[:-1], False, False, "the CR is missing"),
        (b"\nGET /\r", False, False, "there are not CRC"),
        (b"\0\0", False, False, "only blanks"),
        (b"", False, False, "only blanks"),
    ],
)
def test_what_is_wrong_with_a_frame(raw: bytes, crc_ok: bool, length_ok: bool, says: str) -> None:
    frame = parse_envelope(raw)

    assert not frame.ok
    assert says in frame.error
    assert (frame.crc_ok, frame.length_ok) == (crc_ok, length_ok)


def of(**settings: str) -> Profile:
    return Profile(name="test", title="", **settings)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("profile", "ok"),
    [(of(), False), (of(length="decimal"), True), (of(length="lax"), True), (PROFILES["eldes"], True)],
)
def test_a_length_in_decimal(profile: Profile, ok: bool) -> None:
    raw = framed(PLAIN[9:-1], length_format="%04d")
    assert b"0065" in raw

    frame = parse_envelope(raw, profile)

    assert (frame.ok, frame.crc_ok) == (ok, True)


def test_a_lax_profile_still_tells_of_a_wrong_length() -> None:
    frame = parse_envelope(PLAIN.replace(b"0041", b"0042"), of(length="lax"))

    assert (frame.ok, frame.length_ok) == (True, False)
    assert not parse_envelope(PLAIN.replace(b"0041", b"0042"), of(length="decimal")).ok


@pytest.mark.parametrize(
    ("form", "hexadecimal", "raw"), [("hex", True, False), ("binary", False, True), ("either", True, True)]
)
def test_the_form_of_the_crc(form: str, hexadecimal: bool, raw: bool) -> None:
    checked = PLAIN[9:-1]

    def read(frame: bytes) -> Envelope:
        return parse_envelope(frame, of(crc=form))

    assert read(framed(checked)).ok == hexadecimal
    assert read(binary(checked)).ok == raw
    assert ("form" in read(framed(checked)).error) == (not hexadecimal)


def test_profiles_are_found_by_name() -> None:
    assert PROFILES["standard"] is DEFAULT
    assert all(name == profile.name and profile.title for name, profile in PROFILES.items())
    assert {"ajax", "eldes", "lupus", "trikdis", "strict", "lenient"} <= set(PROFILES)
