"""A stream cut into frames: what real connections bring."""

from __future__ import annotations

import pytest

from schoolward.protocols.dc09 import FrameStream, build_frame, cut

ONE = build_frame(b"SIA-DCS", b"Nri1/BA01", account=b"1234", sequence=1)
TWO = build_frame(b"ADM-CID", b"1130 01 003", account=b"1234", sequence=2, binary_crc=True)
SCAN = b'GET / HTTP/1.1\r\nHost: "example"\r\nAccept: "*/*"\r\n\r\n'
SIP = b"OPTIONS sip:nm SIP/2.0\r\nVia: SIP/2.0/TCP nm;branch=foo\r\n\r\n"


@pytest.mark.parametrize(
    ("data", "frames", "junk"),
    [
        (ONE, [ONE], 0),
        (TWO, [TWO], 0),
        (ONE * 7, [ONE] * 7, 0),  # seven in one packet
        (ONE + TWO + ONE, [ONE, TWO, ONE], 0),
        (ONE + b"\0" + TWO + b"\0", [ONE, TWO], 2),  # NUL after CR
        (ONE + b"34[#1234|NBA1]\r" + TWO, [ONE, TWO], 15),  # old bytes that a panel left in its buffer
        (b"\n" + ONE + b"\n\n" + TWO, [ONE, TWO], 3),
        (ONE + b"\r\n" + TWO, [ONE, TWO], 2),
        (ONE[:-1] + TWO, [TWO], len(ONE) - 1),  # the first has lost its end
        (ONE[1:] + TWO, [TWO], len(ONE) - 1),
        (SIP + ONE, [ONE], len(SIP)),
        (b"\x16\x03\x01\x02\x00\x01\x00" + ONE, [ONE], 7),  # TLS on a plain port
        (b"\n\r\n\r\n" + ONE, [ONE], 5),
        (b'\nsay "hello" twice\r', [], 19),
    ],
)
def test_what_comes_out_of_a_packet(data: bytes, frames: list[bytes], junk: int) -> None:
    stream = FrameStream()

    assert stream.feed(data) == frames
    assert (stream.junk_bytes, stream.oversized, stream.pending) == (junk, 0, 0)


def test_a_scan_of_the_web_leaves_at_most_frames_that_are_none() -> None:
    stream = FrameStream()

    frames = stream.feed(SCAN + ONE)

    assert frames[-1] == ONE
    assert sum(map(len, frames)) + stream.junk_bytes == len(SCAN + ONE)


def test_a_frame_byte_by_byte() -> None:
    for frame in (ONE, TWO):
        stream = FrameStream()
        for byte in frame[:-1]:
            assert stream.feed(bytes([byte])) == []
        assert stream.pending == len(frame) - 1
        assert stream.feed(frame[-1:]) == [frame]
        assert stream.pending == 0


def test_raw_crcs_of_cr_and_lf_are_not_an_end() -> None:
    met: set[bytes] = set()
    for number in range(4000):
        frame = build_frame(b"NULL", account=b"1234", sequence=number, binary_crc=True)
        special = {b"\r", b"\n", b'"'} & {frame[1:2], frame[2:3]}
        if special:
            met |= special
            assert FrameStream().feed(frame + ONE) == [frame, ONE]
            stream = FrameStream()
            assert stream.feed(frame[:2]) + stream.feed(frame[2:]) == [frame]
    assert met == {b"\r", b"\n", b'"'}


def test_the_longest_frame_and_one_more_byte() -> None:
    longest = build_frame(b"SIA-DCS", b"N" + b"x" * (0xFFF - 29), account=b"1234", sequence=1)
    assert longest[5:9] == b"0FFF"
    too_long = longest[:-1] + b"x\r"

    stream = FrameStream()
    assert stream.feed(longest) == [longest]
    assert stream.feed(too_long + ONE) == [ONE]
    assert (stream.oversized, stream.junk_bytes) == (1, len(too_long))
    assert stream.feed(too_long) == []
    assert (stream.oversized, stream.junk_bytes) == (2, 2 * len(too_long))


def test_an_endless_frame_is_not_kept() -> None:
    stream = FrameStream()
    stream.feed(ONE[:-1])
    for _ in range(1000):
        stream.feed(b"x" * 1000)
        assert stream.pending < 0xFFF + 20

    assert stream.oversized == 1
    assert stream.feed(b"\r" + ONE) == [ONE]
    assert stream.junk_bytes == len(ONE) - 1 + 1_000_000 + 1


def test_pieces_in_their_order() -> None:
    data = b"ab" + ONE + b"\0" + TWO + ONE[:20]
    found = [(b"ab", False), (ONE, True), (b"\0", False), (TWO, True)]

    assert cut(data) == (found, ONE[:20])
    assert cut(data, finished=True) == ([*found, (ONE[:20], False)], b"")
    assert cut(b"") == ([], b"")
