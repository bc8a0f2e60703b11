"""Frames by other people's programs are read, and other people's programs read ours.

PyPI's pysiaalarm (a receiver), siadc09 (a parser) and dc09-spt (a panel) are compared where they are
installed. None is a dependency. dc09-spt asks for pycrypto, which no longer builds; beside pycryptodome it
sends in clear.
"""

from __future__ import annotations

import importlib.util
import warnings
from datetime import UTC, datetime
from types import ModuleType
from typing import Any

import pytest

from schoolward.protocols.dc09 import (
    FrameStream,
    acknowledge,
    build_frame,
    decode_events,
    negative,
    open_body,
    parse_envelope,
    prepare_key,
)
from schoolward.protocols.dc09.codes import dc03_codes, dc05_codes

NOW = datetime(2026, 11, 23, 8, 21, 5, tzinfo=UTC)
KEY = "invented-key-32-characters-long!"


def peer(name: str, *, needs: str = "") -> ModuleType:
    """Import a peer, or skip the test. Peers warn of what is deprecated in them, which is their affair."""
    for each in filter(None, (name.partition(".")[0], needs)):
        if importlib.util.find_spec(each) is None:
            pytest.skip(f"{each} is not installed")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return importlib.import_module(name)


@pytest.fixture
def panel() -> Any:
    """dc09-spt's side that makes blocks."""
    return peer("dc09_spt.msg", needs="Crypto")


@pytest.mark.parametrize("number", [1, 9, 10, 4095, 9999])
@pytest.mark.parametrize(("receiver", "line"), [(None, None), (0, 0), (1, 255)])
def test_dc09_spt_to_us(panel: Any, number: int, receiver: int | None, line: int | None) -> None:
    """It counts its messages in hexadecimal; the echo is what it waits for."""
    makes = panel.dc09_msg("12ab", receiver=receiver, line=line)
    event = panel.dc03_msg.dc03event(
        "12ab", {"code": "FA", "zone": "5", "area": "2", "user": "7", "text": "Hall", "time": "10:00:00"}
    )
    blocks = [
        makes.dc09block(number, "SIA-DCS", event),
        makes.dc09block(number, "ADM-CID", panel.dc05_msg.dc05event("12ab", {"code": "130", "zone": "3"})),
        makes.dc09block(number),
    ]
    stream = FrameStream()

    frames = [parse_envelope(raw) for raw in stream.feed("".join(blocks).encode())]

    assert [frame.identifier for frame in frames] == [b"SIA-DCS", b"ADM-CID", b"NULL"]
    assert stream.junk_bytes == 0
    assert all(frame.ok and frame.account == b"12ab" for frame in frames)
    told = [decode_events(frame.identifier, open_body(frame, None).data) for frame in frames]
    assert told[0][0][:6] == ("FA", "N", "5", "2", "7", "Hall")
    assert told[1][0][:4] == ("130", "1", "003", "00")
    for frame in frames:
        assert makes.dc09answer(number, acknowledge(frame, now=NOW).decode())[0] == "ACK"


def test_dc09_spt_takes_our_refusal_and_our_time(panel: Any) -> None:
    word, offset = panel.dc09_msg("1234").dc09answer(7, negative(NOW).decode())

    assert word == "NAK"
    assert offset is not None  # seconds between our clock and its own


@pytest.fixture
def events() -> Any:
    """pysiaalarm's reader of lines."""
    return peer("pysiaalarm.event")


def read_by_pysiaalarm(events: Any, raw: bytes, key: str | None = None) -> Any:
    account = peer("pysiaalarm.account").SIAAccount("12AB", key)
    return events.SIAEvent.from_line(raw[1:-1].decode("ascii"), {"12AB": account})


@pytest.mark.parametrize("key", [None, KEY[:16], KEY[:24], KEY])
def test_us_to_pysiaalarm(events: Any, key: str | None) -> None:
    raw = build_frame(
        b"SIA-DCS",
        b"Nri1/BA03",
        account=b"12AB",
        sequence=7,
        receiver=b"1",
        timestamp=NOW,
        key=None if key is None else prepare_key(key, "ascii"),
    )

    event = read_by_pysiaalarm(events, raw, key)

    assert event.valid_message
    assert (event.account, event.sequence, event.code, event.ri) == ("12AB", "0007", "BA", "1")
    assert event.timestamp.replace(tzinfo=UTC) == NOW


def test_pysiaalarm_answers_with_what_we_read(events: Any) -> None:
    """Its answer to an encrypted frame is one that our key opens."""
    now = datetime.now(UTC)
    raw = build_frame(
        b"SIA-DCS",
        b"NRP00",
        account=b"12AB",
        sequence=7,
        receiver=b"1",
        timestamp=now,
        key=prepare_key(KEY, "ascii"),
    )

    answer = parse_envelope(read_by_pysiaalarm(events, raw, KEY).create_response())

    assert answer.ok, answer
    assert (answer.identifier, answer.address) == (b"ACK", parse_envelope(raw).address)
    assert open_body(answer, prepare_key(KEY, "ascii")).data == b""


def test_every_code_that_the_peers_know_is_in_our_tables() -> None:
    codes = peer("pysiaalarm.data.sia_codes").SIA_CODES
    mapping = peer("pysiaalarm.data.adm_mapping").ADM_MAPPING

    assert set(codes) <= set(dc03_codes())
    assert set(mapping) <= set(dc05_codes())


def test_every_code_of_the_editions_that_siadc09_knows_is_in_our_tables() -> None:
    assert set(peer("siadc09.dc03", needs="Cryptodome").EVENT) <= set(dc03_codes())
    assert set(peer("siadc09.dc05", needs="Cryptodome").EVENT) <= set(dc05_codes())


@pytest.fixture
def message() -> Any:
    """siadc09's frames, of the edition of 2026."""
    return peer("siadc09.message", needs="Cryptodome")


DIGITS = [None, "00112233445566778899aabbccddeeff", "ab" * 24, "ab" * 32]


@pytest.mark.parametrize("digits", DIGITS)
@pytest.mark.parametrize(
    ("identifier", "data"), [(b"SIA-DCS", b"Nri1/BA03^Hall^"), (b"NULL", b""), (b"XNM", b"")]
)
def test_us_to_siadc09(message: Any, digits: str | None, identifier: bytes, data: bytes) -> None:
    extended = [] if identifier == b"NULL" else [b"IHall"]  # it drops those of a NULL
    raw = build_frame(
        identifier,
        data,
        account=b"1234",
        sequence=7,
        receiver=b"1",
        line=b"2",
        timestamp=NOW,
        extended=extended,
        key=None if digits is None else prepare_key(digits, "hex"),
    )

    read = message.parse_frame(raw, None if digits is None else bytes.fromhex(digits))

    assert (read.idtoken, read.seq, read.timestamp) == (identifier.decode(), 7, NOW)
    assert (read.account.rcvr, read.account.pref, read.account.acct) == (1, 2, 0x1234)
    assert (read.data.pack(brackets=False) if read.data else b"") == (b"#1234|" + data if data else b"")
    assert [block.pack() for block in read.xdata] == extended


@pytest.mark.parametrize("digits", DIGITS)
def test_siadc09_to_us(message: Any, digits: str | None) -> None:
    """Its encrypted link test has no end of the pad, and hexadecimal digits in small letters."""
    account = peer("siadc09.account").Account(acct=0x1234, pref=2, rcvr=1, key=digits)
    key = None if digits is None else prepare_key(digits, "hex")

    frame = parse_envelope(message.NullMessage(account).encode(seq=7, timestamp=NOW))

    assert (frame.ok, frame.address, frame.encrypted) == (True, b"0007R1L2#1234", key is not None)
    assert open_body(frame, key).data == b""
    assert open_body(frame, key).timestamp == NOW
    answer = message.parse_frame(
        acknowledge(frame, key, now=NOW), None if digits is None else bytes.fromhex(digits)
    )
    assert (answer.idtoken, answer.seq, answer.encrypted) == ("ACK", 7, key is not None)
