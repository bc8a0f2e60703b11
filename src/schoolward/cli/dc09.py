"""``schoolward dc09``: what a panel sends, read by a person. It needs no database."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

import click

from schoolward.protocols.dc09 import (
    PROFILES,
    Body,
    ContentMalformed,
    Envelope,
    Key,
    KeyMalformed,
    Profile,
    WrongKey,
    cut,
    decode_events,
    open_body,
    parse_envelope,
    prepare_key,
    read_extended,
)

_CHUNK = 65_536  # bytes
_FILLERS = b"\0\t\n\r "
_QUOTED = 60  # bytes of junk that are shown


@click.group()
def dc09() -> None:
    """Decode the frames of alarm panels (SIA DC-09)."""


@dc09.command(
    epilog="""\b
Examples:
  schoolward dc09 decode capture.bin
  schoolward dc09 decode --key 0123456789abcdef0123456789abcdef capture.bin
  nc -l 12010 | schoolward dc09 decode - --profile lenient
  schoolward dc09 decode --hex frames.txt | jq 'select(.ok | not)'"""
)
@click.argument("file", type=click.File("rb"), default="-")
@click.option("--key", "key_text", metavar="HEX", help="The AES key: hexadecimal digits, or its characters.")
@click.option("--hex", "as_hex", is_flag=True, help="FILE has one string of hexadecimal digits a line.")
@click.option(
    "--profile",
    "profile_name",
    type=click.Choice(list(PROFILES)),
    default="standard",
    help="How strictly to read, by the panel's make.",
)
def decode(file: BinaryIO, key_text: str | None, as_hex: bool, profile_name: str) -> None:
    """Write each frame of FILE (`-` for standard input) as one line of JSON.

    "ok" speaks of framing, CRC and length. "events" is null where they cannot be read: "error" says why, and
    an encrypted frame needs --key. Bytes that belong to no frame get a line too, unless they only fill a gap.
    """
    profile = PROFILES[profile_name]
    key = _key(key_text, profile)
    pieces = _pieces_of_hex(file) if as_hex else _pieces(file)
    for piece, fault in pieces:
        told = _nothing(fault) if fault else _describe(parse_envelope(piece, profile), profile, key)
        click.echo(json.dumps(told, ensure_ascii=False))


def _key(text: str | None, profile: Profile) -> Key | None:
    if text is None:
        return None
    try:
        return prepare_key(text, profile.key)
    except KeyMalformed as error:
        raise click.BadParameter(str(error), param_hint="--key") from None


def _pieces(file: BinaryIO) -> Iterator[tuple[bytes, str]]:
    """Yield (frame, "") and (junk, what is wrong with it), as soon as they have come in."""
    read = getattr(file, "read1", file.read)
    rest = b""
    while chunk := read(_CHUNK):
        found, rest = cut(rest + chunk)
        yield from _told(found)
    yield from _told(cut(rest, finished=True)[0])


def _pieces_of_hex(file: BinaryIO) -> Iterator[tuple[bytes, str]]:
    for number, line in enumerate(file, start=1):
        try:
            data = bytes.fromhex(line.decode("ascii"))
        except ValueError:
            yield b"", f"Line {number} is not a string of hexadecimal digits, two a byte."
            continue
        yield from _told(cut(data, finished=True)[0])


def _told(found: list[tuple[bytes, bool]]) -> Iterator[tuple[bytes, str]]:
    for piece, is_frame in found:
        if is_frame:
            yield piece, ""
        elif piece.strip(_FILLERS):
            shown = ascii(piece[:_QUOTED])[1:] + ("…" if len(piece) > _QUOTED else "")
            yield piece, f"{parse_envelope(piece).error} {len(piece)} bytes: {shown}"


def _nothing(error: str) -> dict[str, Any]:
    """All keys of a line, with nothing known but what is wrong."""
    return {
        "ok": False,
        "error": error,
        "crc_ok": False,
        "length_ok": False,
        "id": None,
        "seq": None,
        "receiver": None,
        "line": None,
        "account": None,
        "encrypted": None,
        "timestamp": None,
        "events": None,
        "xdata": None,
    }


def _describe(envelope: Envelope, profile: Profile, key: Key | None) -> dict[str, Any]:
    told = _nothing(envelope.error) | {
        "ok": envelope.ok,
        "error": envelope.error or None,
        "crc_ok": envelope.crc_ok,
        "length_ok": envelope.length_ok,
    }
    if not envelope.identifier:
        return told
    told |= {
        "id": envelope.identifier.decode("ascii"),
        "seq": envelope.sequence.decode("ascii"),
        "receiver": _text(envelope.receiver),
        "line": _text(envelope.line),
        "account": envelope.account.decode("ascii"),
        "encrypted": envelope.encrypted,
    }
    if not envelope.crc_ok or (envelope.encrypted and key is None):
        return told
    try:
        body = open_body(envelope, key)
        told |= _contents(body, profile)
        told["events"] = _events(envelope, body, profile)
    except (WrongKey, ContentMalformed) as error:
        told["error"] = " ".join(filter(None, (envelope.error, str(error))))
    return told


def _text(digits: bytes | None) -> str | None:
    return None if digits is None else digits.decode("ascii")


def _contents(body: Body, profile: Profile) -> dict[str, Any]:
    return {
        "timestamp": None if body.timestamp is None else body.timestamp.isoformat(),
        "xdata": [
            {"code": block.letter, "value": block.value, "meaning": block.meaning}
            for block in (read_extended(block, profile.charset) for block in body.extended)
        ],
    }


def _events(envelope: Envelope, body: Body, profile: Profile) -> list[dict[str, str | None]]:
    return [
        {
            "code": event.code,
            "qualifier": event.qualifier,
            "zone": event.zone,
            "partition": event.partition,
            "user": event.user,
            "text": event.text,
            "meaning": event.meaning,
        }
        for event in decode_events(envelope.identifier, body.data, profile.charset)
    ]
