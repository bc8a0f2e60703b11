"""Answers: echo byte for byte, the question's form of CRC, encrypted if and only if it was."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from schoolward.protocols.dc09 import (
    acknowledge,
    build_frame,
    negative,
    open_body,
    parse_envelope,
    prepare_key,
    respond,
    unable,
)
from schoolward.protocols.dc09.answers import seal

NOW = datetime(2026, 11, 23, 8, 21, 5, tzinfo=UTC)
KEY = prepare_key("00112233445566778899aabbccddeeff")


@pytest.mark.parametrize(
    "address",
    [b"0007R1L1#1234", b"0007L0#1234", b"0007#1234", b"0007RL#0012", b"0001R00L00#ab01", b"9999R0L#AB"],
)
@pytest.mark.parametrize("binary_crc", [False, True])
def test_the_echo(address: bytes, binary_crc: bool) -> None:
    frame = parse_envelope(seal(b'"SIA-DCS"%b[NBA1]' % address, binary_crc=binary_crc))
    assert frame.ok

    for answer, identifier, data in (
        (acknowledge(frame, now=NOW), b"ACK", b""),
        (unable(frame), b"DUH", b""),
        (respond(frame, b"Kx", None, NOW), b"RSP", b"Kx"),
    ):
        assert answer[7 if binary_crc else 9 : -1] == b'"%b"%b[%b]' % (identifier, address, data)
        read = parse_envelope(answer)
        assert (read.ok, read.binary_crc, read.encrypted) == (True, binary_crc, False)


def test_an_acknowledgement_as_it_goes_out() -> None:
    frame = parse_envelope(build_frame(b"NULL", account=b"1234", sequence=1))

    assert acknowledge(frame, now=NOW) == b'\n1BC10012"ACK"0001L0#1234[]\r'


def test_an_encrypted_frame_is_answered_encrypted() -> None:
    frame = parse_envelope(
        build_frame(b"SIA-DCS", b"NBA1", account=b"ab01", sequence=7, receiver=b"02", timestamp=NOW, key=KEY)
    )

    for answer, identifier, data in (
        (acknowledge(frame, KEY, now=NOW), b"ACK", b""),
        (respond(frame, b"VX", KEY, NOW), b"RSP", b"VX"),
    ):
        read = parse_envelope(answer)
        assert read.ok
        assert (read.encrypted, read.identifier, read.address) == (True, identifier, b"0007R02L0#ab01")
        body = open_body(read, KEY)
        assert (body.data, body.timestamp) == (data, NOW)
    assert acknowledge(frame, KEY, now=NOW) != acknowledge(frame, KEY, now=NOW)  # the pad is random
    with pytest.raises(ValueError, match="with the account's key"):
        acknowledge(frame, now=NOW)
    assert not parse_envelope(unable(frame)).encrypted


def test_a_plain_frame_of_an_account_with_a_key_is_answered_plainly() -> None:
    frame = parse_envelope(build_frame(b"NULL", account=b"1234", sequence=1))

    assert acknowledge(frame, KEY, now=NOW) == acknowledge(frame, now=NOW)


@pytest.mark.parametrize("binary_crc", [False, True])
def test_a_refusal_carries_our_time_and_nothing_of_the_question(binary_crc: bool) -> None:
    read = parse_envelope(negative(NOW, binary_crc=binary_crc))

    assert read.raw.endswith(b'"NAK"0000R0L0A0[]_08:21:05,11-23-2026\r')
    assert (read.ok, read.binary_crc, read.encrypted) == (True, binary_crc, False)
    assert open_body(read, None).timestamp == NOW
