"""Bodies in clear and encrypted, keys in both forms, and what makes two frames the same."""

from __future__ import annotations

from binascii import hexlify
from datetime import UTC, datetime, timedelta, timezone

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from schoolward.protocols.dc09 import (
    Body,
    ContentMalformed,
    Key,
    KeyMalformed,
    WrongKey,
    build_frame,
    idempotence_digest,
    open_body,
    parse_envelope,
    prepare_key,
    read_extended,
)
from schoolward.protocols.dc09.answers import seal
from schoolward.protocols.dc09.cipher import pad
from schoolward.protocols.dc09.timestamps import read_stamp, write_stamp

NOW = datetime(2026, 11, 23, 8, 21, 5, tzinfo=UTC)
SECRET = bytes(range(16))
KEY = prepare_key(SECRET.hex())


def opened(blocks: bytes, *, account: bytes = b"1234") -> Body:
    return open_body(parse_envelope(seal(b'"SIA-DCS"0001L0#%b%b' % (account, blocks))), None)


def sealed(
    content: bytes, *, key: bytes = SECRET, padding: bytes | None = None, identifier: bytes = b"SIA-DCS"
) -> bytes:
    """Encrypt by the library alone, as another panel would; ``content`` follows the pad."""
    padding = b"0" * (-len(content) % 16) if padding is None else padding
    encryptor = Cipher(algorithms.AES(key), modes.CBC(bytes(16))).encryptor()
    return seal(b'"*%b"0001L0#1234[%b' % (identifier, hexlify(encryptor.update(padding + content))))


@pytest.mark.parametrize(
    ("blocks", "body"),
    [
        (b"[]", Body(b"", (), None, None)),
        (b"[#1234|NBA1]", Body(b"NBA1", (), None, b"1234")),
        (b"[#001234|NBA1]", Body(b"NBA1", (), None, b"001234")),
        (b"[NBA1]", Body(b"NBA1", (), None, None)),
        (b"[#1234]", Body(b"", (), None, b"1234")),
        (b"[#1234][IA|B]", Body(b"", (b"IA|B",), None, b"1234")),
        (b"[|NBA1]", Body(b"|NBA1", (), None, None)),
        (b"[#1234|NBA1]_08:21:05,11-23-2026", Body(b"NBA1", (), NOW, b"1234", stamped=True)),
        (
            b"[#1234|NBA1][VX][I2]_08:21:05,11-23-2026",
            Body(b"NBA1", (b"VX", b"I2"), NOW, b"1234", stamped=True),
        ),
        (b"[][CDP]", Body(b"", (b"CDP",), None, None)),
        (b'[][J{"a": [1, 2]}]', Body(b"", (b'J{"a": [1, 2]}',), None, None)),
        (
            b"[]_24:00:00,11-23-2026",
            Body(b"", (), None, None, stamped=True),
        ),  # no such moment: as if there were none
        (b"[]_00:00:00,00-00-0000", Body(b"", (), None, None, stamped=True)),
    ],
)
def test_a_body_in_clear(blocks: bytes, body: Body) -> None:
    assert opened(blocks) == body


@pytest.mark.parametrize(
    ("blocks", "says"),
    [
        (b"[", "data block in brackets"),
        (b"[NBA1", "data block in brackets"),
        (b"[NBA1]_08:21,11-23-2026", "data block in brackets"),
        (b"[NBA1_08:21:05,11-23-2026", "data block in brackets"),
        (b"[NBA1] ", "data block in brackets"),
        (b"[#1235]", "not the one in the header"),
        (b"[#1235|NBA1]", "not the one in the header"),
    ],
)
def test_a_body_that_breaks_the_grammar(blocks: bytes, says: str) -> None:
    with pytest.raises(ContentMalformed, match=says):
        opened(blocks)


@pytest.mark.parametrize("account", [b"1234", b"001234", b"01234"])
def test_accounts_are_the_same_whatever_their_zeros(account: bytes) -> None:
    assert opened(b"[#1234|NBA1]", account=account).account_inside == b"1234"
    assert opened(b"[#AB01|NBA1]", account=b"ab01").account_inside == b"AB01"


@pytest.mark.parametrize(
    ("content", "body"),
    [
        (b"|#1234|NBA1]_08:21:05,11-23-2026", Body(b"NBA1", (), NOW, b"1234", stamped=True)),
        (
            b"|NBA1]_08:21:05,11-23-2026",
            Body(b"NBA1", (), NOW, None, stamped=True),
        ),  # Ajax: no account, zeros for a pad
        (b"|]_08:21:05,11-23-2026", Body(b"", (), NOW, None, stamped=True)),
        (
            b"|#1234|NBA1|AHall][VX]_08:21:05,11-23-2026",
            Body(b"NBA1|AHall", (b"VX",), NOW, b"1234", stamped=True),
        ),
        (b"|NBA1^\xc3\x89^]_08:21:05,11-23-2026", Body("NBA1^É^".encode(), (), NOW, None, stamped=True)),
        (
            b"|NBA1]_08:21:05,11-23-2026\0\0\0",
            Body(b"NBA1", (), NOW, None, stamped=True),
        ),  # filled at the end
        (b"|#1234|NBA1]", Body(b"NBA1", (), None, b"1234")),  # no timestamp, against every edition
    ],
)
def test_an_encrypted_body(content: bytes, body: Body) -> None:
    for padding in (None, b"0" * (-len(content) % 16 + 16), b"a=(~" * 4 + b"\x14" * (-len(content) % 16)):
        assert open_body(parse_envelope(sealed(content, padding=padding)), KEY) == body


def test_a_pad_of_any_bytes_before_an_event_without_a_timestamp_is_no_other_key() -> None:
    content = b"|#1234|NBA003]"
    padding = bytes(range(200, 200 + 16 + -len(content) % 16))

    assert open_body(parse_envelope(sealed(content, padding=padding)), KEY) == Body(
        b"NBA003", (), None, b"1234", stamped=False
    )


@pytest.mark.parametrize("identifier", [b"NULL", b"XNM", b"ACK"])
def test_a_pad_without_an_end_where_no_data_follow(identifier: bytes) -> None:
    """As siadc09 sends it. Before data the end is wanted: all would be taken for a pad."""
    content = b"x" * 16 + b"][IA|B]_08:21:05,11-23-2026"

    assert open_body(parse_envelope(sealed(content, identifier=identifier)), KEY) == Body(
        b"", (b"IA|B",), NOW, None, stamped=True
    )
    with pytest.raises(WrongKey, match="no end of its pad"):
        open_body(parse_envelope(sealed(content)), KEY)


@pytest.mark.parametrize(
    ("raw", "key", "says"),
    [
        (sealed(b"|#1234|NBA1]_08:21:05,11-23-2026"), None, "there is no key"),
        (sealed(b"|#1234|NBA1]_08:21:05,11-23-2026"), prepare_key("ff" * 16), "does not fit"),
        (sealed(b"|#1234|NBA1]_08:21:05,11-23-2026", key=bytes(32)), KEY, "does not fit"),
        (sealed(b"|#1235|NBA1]_08:21:05,11-23-2026"), KEY, "not the one in the header"),
        (sealed(b"#1234 NBA1]_08:21:05,11-23-2026"), KEY, "no end of its pad"),
        (sealed(b"|#1234|NBA1_08:21:05,11-23-2026"), KEY, "no end of its pad"),
        (sealed(b"|#1234|NBA1][_08:21:05,11-23-2026"), KEY, "no data block"),
        (sealed(b"|NBA1\xff]"), KEY, "not readable"),
        (seal(b'"*SIA-DCS"0001L0#1234['), KEY, "16 bytes"),
        (seal(b'"*SIA-DCS"0001L0#1234[00]'), KEY, "hexadecimal"),
        (seal(b'"*SIA-DCS"0001L0#1234[0011'), KEY, "16 bytes"),
        (seal(b'"*SIA-DCS"0001L0#1234[001'), KEY, "hexadecimal"),
        (seal(b'"*SIA-DCS"0001L0#1234[' + b"00 " * 16), KEY, "hexadecimal"),
    ],
)
def test_a_body_that_the_key_does_not_open(raw: bytes, key: Key | None, says: str) -> None:
    envelope = parse_envelope(raw)
    assert envelope.ok

    with pytest.raises(WrongKey, match=says):
        open_body(envelope, key)


def test_hardly_any_wrong_key_opens_anything() -> None:
    frame = parse_envelope(build_frame(b"SIA-DCS", b"NBA1", account=b"1234", sequence=1, key=KEY))
    for number in range(3000):
        with pytest.raises(WrongKey):
            open_body(frame, prepare_key(f"{number:032x}"))


@pytest.mark.parametrize("size", [16, 24, 32])
def test_both_forms_of_a_key(size: int) -> None:
    """A frame that one form sealed opens with the other form of the same key, whoever used it before."""
    text = "invented-key-of-thirty-two-bytes"[:size]
    as_text, as_digits = prepare_key(text, "ascii"), prepare_key(text.encode().hex(), "hex")
    assert as_text.bits == as_digits.bits == 8 * size
    for sequence in range(1, 4):
        frame = build_frame(
            b"SIA-DCS", b"NBA1", account=b"1234", sequence=sequence, timestamp=NOW, key=as_text
        )
        assert open_body(parse_envelope(frame), as_digits).data == b"NBA1"
    assert text not in repr(as_text)
    assert "AES" in repr(as_text)


def test_thirty_two_digits_are_digits_unless_the_line_says_otherwise() -> None:
    digits = "0123456789abcdef0123456789ABCDEF"

    assert prepare_key(digits).bits == 128
    assert prepare_key(digits, "ascii").bits == 256
    assert prepare_key(f" {digits}\n").bits == 128


@pytest.mark.parametrize(
    ("text", "form", "says"),
    [
        ("", "either", "this one has 0 characters"),
        ("12345", "hex", "32, 48 or 64 hexadecimal digits; this one has 5"),
        ("g" * 32, "hex", "not all of them hexadecimal"),
        ("00" * 16, "ascii", None),
        ("00" * 24, "ascii", "16, 24 or 32 ASCII characters"),
        ("x" * 17, "either", "this one has 17"),
        ("é" * 16, "either", "this one has 16"),
    ],
)
def test_a_key_that_is_none(text: str, form: str, says: str | None) -> None:
    if says is None:
        prepare_key(text, form)
        return
    with pytest.raises(KeyMalformed, match=says) as told:
        prepare_key(text, form)
    assert not text or text not in str(told.value)


def test_an_unknown_form_of_a_key_is_a_fault_of_the_caller() -> None:
    with pytest.raises(ValueError, match="no form of a key"):
        prepare_key("00" * 16, "base64")


def test_a_key_encrypts_like_the_library() -> None:
    """Again and again, because a used encryptor is taken up where it stopped."""
    for size in (16, 48, 160):
        for number in range(3):
            clear = bytes([number]) * size
            encryptor = Cipher(algorithms.AES(SECRET), modes.CBC(bytes(16))).encryptor()
            assert KEY.encrypt(clear) == encryptor.update(clear)
            assert KEY.decrypt(KEY.encrypt(clear)) == clear


@pytest.mark.parametrize("size", range(40))
def test_pads_are_of_sixteen_to_thirty_one_bytes_and_never_the_same(size: int) -> None:
    content = b"x" * size
    padded = [pad(content) for _ in range(200)]

    for text in padded:
        letters, _, rest = text.partition(b"|")
        assert len(text) % 16 == 0
        assert 16 <= len(letters) <= 31
        assert not set(letters) & set(b"|[]")
        assert rest == content
    assert len(set(padded)) == len(padded)


def test_timestamps() -> None:
    assert write_stamp(NOW) == b"_08:21:05,11-23-2026"
    assert write_stamp(NOW.replace(microsecond=999_999)) == b"_08:21:05,11-23-2026"
    assert write_stamp(NOW.astimezone(timezone(timedelta(hours=-8)))) == b"_08:21:05,11-23-2026"
    assert read_stamp(b"_08:21:05,11-23-2026") == NOW
    assert read_stamp(b"_08:21:05,02-30-2026") is None
    with pytest.raises(ValueError, match="a timestamp is"):
        read_stamp(b"_8:21:05,11-23-2026")
    with pytest.raises(ValueError, match="time zone"):
        write_stamp(NOW.replace(tzinfo=None))


def digest(**changes: object) -> bytes:
    fields: dict[str, object] = {
        "identifier": b"SIA-DCS",
        "data": b"NBA1",
        "account": b"1234",
        "sequence": 7,
        "receiver": b"1",
        "extended": (b"VX", b"H08:20:00,11-23-2026"),
        "timestamp": NOW,
    }
    frame = parse_envelope(build_frame(**(fields | changes)))  # type: ignore[arg-type]
    return idempotence_digest(frame, open_body(frame, KEY))


@pytest.mark.parametrize(
    "changes",
    [
        {"timestamp": NOW + timedelta(seconds=11)},
        {"timestamp": None},
        {"extended": (b"VX", b"H08:20:11,11-23-2026")},
        {"extended": (b"VX",)},
        {"key": KEY},
        {"account_inside": False},
        {"binary_crc": True},
    ],
)
def test_a_resent_frame_is_the_same_frame(changes: dict[str, object]) -> None:
    assert digest(**changes) == digest()
    assert len(digest()) == 16


@pytest.mark.parametrize(
    "changes",
    [
        {"data": b"NBA2"},
        {"sequence": 8},
        {"account": b"1235"},
        {"account": b"01234"},
        {"receiver": None},
        {"receiver": b""},
        {"receiver": b"2"},
        {"line": None},
        {"line": b"1"},
        {"identifier": b"ADM-CID"},
        {"extended": (b"VY",)},
        {"extended": ()},
        {"data": b"NBA1", "extended": (b"V", b"X")},
    ],
)
def test_another_frame_is_another_frame(changes: dict[str, object]) -> None:
    assert digest(**changes) != digest()


@pytest.mark.parametrize(
    ("block", "charset", "told"),
    [
        (b"I2nd Floor West", "utf-8", ("I", "2nd Floor West", "words of the alarm")),
        ("I\u00c9cole".encode(), "utf-8", ("I", "École", "words of the alarm")),
        ("I\u00c9cole".encode("cp1252"), "utf-8", ("I", "École", "words of the alarm")),
        ("P\u20ac10".encode("cp1252"), "cp1252", ("P", "€10", "programming data")),
        (b"TS", "utf-8", ("T", "S", "what triggered: sensor")),
        (b"TQ", "utf-8", ("T", "Q", "what triggered")),
        (b"K00112233", "utf-8", ("K", "(withheld)", "encryption key")),
        (b"K", "utf-8", ("K", "", "encryption key")),
        (b"Q1", "utf-8", ("Q", "1", "unknown")),
        (b"q1", "utf-8", ("", "q1", "unknown")),
        (b"", "utf-8", ("", "", "unknown")),
    ],
)
def test_extended_data(block: bytes, charset: str, told: tuple[str, str, str]) -> None:
    assert read_extended(block, charset) == told
