"""Whatever is sent, however it is split: the same frames come out, and a wrong CRC is never called right."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from schoolward.protocols.dc09 import (
    Body,
    ContentMalformed,
    FrameStream,
    WrongKey,
    acknowledge,
    build_frame,
    cut,
    decode_events,
    idempotence_digest,
    open_body,
    parse_envelope,
    prepare_key,
    unable,
)
from schoolward.protocols.dc09.checksum import crc

NOW = datetime(2026, 11, 23, 8, 21, 5, tzinfo=UTC)
SOME = settings(max_examples=150, deadline=None)
KEYS = [None, prepare_key("00" * 16), prepare_key("ab" * 24), prepare_key("c" * 32, "ascii")]

hexadecimal = st.text("0123456789ABCDEFabcdef", min_size=1, max_size=6).map(str.encode)
words = st.text(st.characters(exclude_characters="[]|\r\n#", exclude_categories=("Cs",)), max_size=30)
texts = st.one_of(words.map(str.encode), words.map(lambda text: text.encode("cp1252", "replace")))
moments = st.datetimes(datetime(2000, 1, 1), datetime(2099, 12, 31), timezones=st.just(UTC)).map(  # noqa: DTZ001
    lambda moment: moment.replace(microsecond=0)
)


@st.composite
def messages(draw: st.DrawFn) -> dict[str, Any]:
    """What `build_frame` takes. Encrypted ones have a timestamp, as every edition wants it."""
    key = draw(st.sampled_from(KEYS))
    return {
        "identifier": draw(st.sampled_from([b"SIA-DCS", b"ADM-CID", b"NULL", b"XNM", b"SIA-PUL"])),
        "data": draw(texts),
        "account": draw(st.text("0123456789ABCDEFabcdef", min_size=3, max_size=16)).encode(),
        "sequence": draw(st.integers(0, 9999)),
        "receiver": draw(st.none() | st.just(b"") | hexadecimal),
        "line": draw(st.none() | st.just(b"") | hexadecimal),
        "extended": tuple(
            letter.encode() + text
            for letter, text in draw(
                st.lists(st.tuples(st.sampled_from("ACGHIJKLMNOPRSTVXYZ"), texts), max_size=3)
            )
        ),
        "timestamp": draw(moments if key else st.none() | moments),
        "key": key,
        "account_inside": draw(st.booleans()),
        "binary_crc": draw(st.booleans()),
    }


frames = messages().map(lambda message: build_frame(**message))
# Bytes between frames that cannot begin one themselves: no LF, or no quotation mark near it.
junk = st.one_of(
    st.just(b""),
    st.binary(max_size=30).map(lambda data: data.replace(b"\n", b"").replace(b'"', b"")),
    st.sampled_from([b"\0", b"\r\n", b"\n\n", b"GET / HTTP/1.1\r\n\r\n", b"OPTIONS sip:nm SIP/2.0\r\n"]),
)


@SOME
@given(messages())
def test_what_is_built_is_read(message: dict[str, Any]) -> None:
    raw = build_frame(**message)
    frame = parse_envelope(raw)

    assert frame.ok, frame
    assert frame.identifier == message["identifier"]
    assert frame.sequence == b"%04d" % message["sequence"]
    assert (frame.receiver, frame.line) == (message["receiver"], message["line"])
    assert frame.account == message["account"]
    assert frame.encrypted == (message["key"] is not None)
    assert frame.binary_crc == message["binary_crc"]
    inside = message["account"] if message["account_inside"] and message["data"] else None
    assert open_body(frame, message["key"]) == Body(
        message["data"],
        message["extended"],
        message["timestamp"],
        inside,
        stamped=message["timestamp"] is not None,
    )
    assert FrameStream().feed(raw) == [raw]


@SOME
@given(messages())
def test_answers_echo(message: dict[str, Any]) -> None:
    frame = parse_envelope(build_frame(**message))

    for answer in (acknowledge(frame, message["key"], now=NOW), unable(frame)):
        read = parse_envelope(answer)
        assert read.ok
        assert read.address == frame.address
        assert (read.receiver, read.line, read.account) == (frame.receiver, frame.line, frame.account)
        assert read.binary_crc == frame.binary_crc
        assert read.encrypted == (frame.encrypted and read.identifier == b"ACK")


@SOME
@given(st.lists(st.tuples(junk, frames), max_size=5), junk, st.data())
def test_any_split_of_any_stream_gives_the_same(
    parts: list[tuple[bytes, bytes]], last: bytes, data: st.DataObject
) -> None:
    stream = b"".join(before + frame for before, frame in parts) + last
    cuts = sorted(data.draw(st.lists(st.integers(0, len(stream)), max_size=12)))
    whole, split = FrameStream(), FrameStream()

    at_once = whole.feed(stream)
    in_pieces = [
        frame
        for start, end in zip([0, *cuts], [*cuts, len(stream)], strict=True)
        for frame in split.feed(stream[start:end])
    ]

    assert at_once == in_pieces == [frame for _, frame in parts]
    assert (whole.junk_bytes, whole.pending) == (split.junk_bytes, split.pending)
    assert sum(map(len, at_once)) + whole.junk_bytes + whole.pending == len(stream)


# Few different bytes, so that heads, ends and quotation marks of all sorts come about by themselves.
noise = st.lists(
    st.sampled_from([b"\n", b"\r", b'"', b"0", b"A", b"[", b'0019"', b"\n00000000", b"\nxx0000"])
).map(b"".join)


@SOME
@given(noise, st.data())
def test_any_split_of_noise_gives_the_same(stream: bytes, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(stream)), max_size=8)))
    whole, split = FrameStream(), FrameStream()

    at_once = whole.feed(stream)
    in_pieces = [
        frame
        for start, end in zip([0, *cuts], [*cuts, len(stream)], strict=True)
        for frame in split.feed(stream[start:end])
    ]

    assert at_once == in_pieces == [piece for piece, is_frame in cut(stream)[0] if is_frame]
    assert (whole.junk_bytes, whole.pending) == (split.junk_bytes, split.pending)
    assert b"".join(piece for piece, _ in cut(stream, finished=True)[0]) == stream


@st.composite
def mutants(draw: st.DrawFn) -> tuple[bytes, Any]:
    """A frame of which bytes were replaced, left out, doubled or put in."""
    message = draw(messages())
    raw = bytearray(build_frame(**message))
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(raw) - 1))
        how = draw(st.sampled_from(["replace", "drop", "double", "insert", "swap"]))
        if how == "replace":
            raw[at] = draw(st.integers(0, 255))
        elif how == "drop" and len(raw) > 1:
            del raw[at]
        elif how == "double":
            raw[at:at] = raw[at : at + 8]
        elif how == "insert":
            raw[at:at] = draw(st.binary(min_size=1, max_size=3))
        else:
            raw[at], raw[-1 - at] = raw[-1 - at], raw[at]
    return bytes(raw), message["key"]


@settings(max_examples=600, deadline=None)
@given(mutants())
def test_a_mutant_raises_nothing_and_its_crc_is_judged_by_its_bytes(mutant: tuple[bytes, Any]) -> None:
    raw, key = mutant
    for piece in [raw, *FrameStream().feed(raw)]:
        frame = parse_envelope(piece)
        if frame.crc_ok:
            if frame.binary_crc:
                assert int.from_bytes(piece[1:3], "big") == crc(piece[7:-1])
            else:
                assert int(piece[1:5], 16) == crc(piece[9:-1])
        assert frame.ok == (not frame.error)
        if frame.ok:
            assert frame.crc_ok
            assert frame.length_ok
        if frame.identifier:
            with suppress(WrongKey, ContentMalformed):
                body = open_body(frame, key)
                assert len(idempotence_digest(frame, body)) == 16
                decode_events(frame.identifier, body.data)


@SOME
@given(st.binary(max_size=200), st.sampled_from([b"SIA-DCS", b"ADM-CID", b"ACR-SF"]))
def test_data_of_any_sort_decode_or_are_refused(data: bytes, identifier: bytes) -> None:
    with suppress(ContentMalformed):
        for event in decode_events(identifier, data):
            assert event.meaning
            assert event.kind


packets = st.tuples(
    st.sampled_from(["BA", "FA", "TA", "CL", "OP", "RP", "QQ", "AT"]), st.integers(0, 4095), words
).filter(lambda packet: not set("^*/'\"") & set(packet[2]))


@SOME
@given(st.lists(packets, min_size=1, max_size=6))
def test_every_event_of_a_block_is_there(block: list[tuple[str, int, str]]) -> None:
    data = "N" + "/".join(
        f"{code}{address:X}" + (f"^{text}^" if text else "") for code, address, text in block
    )

    events = decode_events(b"SIA-DCS", data.encode())

    assert [event.code for event in events] == [code for code, _, _ in block]
    assert [event.zone or event.user for event in events] == [f"{address:X}" for _, address, _ in block]
    assert [event.text or "" for event in events] == [text.strip() for _, _, text in block]


zone_words = st.text(st.characters(codec="utf-8", exclude_characters="|/*\r\n[]"), min_size=1, max_size=20)


@SOME
@given(zone_words, st.sampled_from(["HA3", "FA04", "BA1"]), st.booleans())
def test_no_words_in_quotation_marks_cost_the_event_before_them(
    text: str, event: str, is_closed: bool
) -> None:
    data = f"Nri1/{event}*'{text}'NM" if is_closed else f"Nri1/{event}*'{text}"

    first = decode_events(b"SIA-DCS", data.encode())[0]

    assert (first.code, first.zone) == (event[:2], event[2:])


@SOME
@given(
    st.lists(st.sampled_from(["BA1", "FA2", "HA3", "ri2", "XXyy", "xx1", "?!", "TA4*'It's'NM"]), min_size=1)
)
def test_every_event_that_can_be_read_is_read(parts: list[str]) -> None:
    readable = [part[:3] for part in parts if part[:3] in ("BA1", "FA2", "HA3", "TA4")]
    events = []
    with suppress(ContentMalformed):
        events = decode_events(b"SIA-DCS", f"N{'/'.join(parts)}".encode())

    assert [f"{event.code}{event.zone}" for event in events if event.code] == readable
