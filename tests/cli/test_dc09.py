"""`schoolward dc09 decode`: one line of JSON a frame, and nothing that a database is needed for."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.cli.conftest import Ended

from schoolward.cli.main import COMMANDS
from schoolward.cli.outcome import ExitCode
from schoolward.protocols.dc09 import build_frame, negative, prepare_key

Run = Callable[..., Ended]
NOW = datetime(2026, 11, 23, 8, 21, 5, tzinfo=UTC)
DIGITS = "00112233445566778899aabbccddeeff"
PLAIN = build_frame(
    b"SIA-DCS",
    b"Nri1/BA01^Hall^/CL501",
    account=b"ab01",
    sequence=7,
    receiver=b"1",
    timestamp=NOW,
    extended=(b"VX", "I\u00c9cole".encode()),
)
SEALED = build_frame(
    b"ADM-CID", b"1131 01 003", account=b"1234", sequence=8, timestamp=NOW, key=prepare_key(DIGITS)
)
KEYS = [
    *["ok", "error", "crc_ok", "length_ok", "id", "seq", "receiver", "line", "account", "encrypted"],
    *["timestamp", "events", "xdata"],
]


@pytest.fixture(autouse=True)
def _known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(COMMANDS, "dc09", ("schoolward.cli.dc09:dc09", "Decode alarm frames."))


@pytest.fixture
def decode(schoolward: Run, tmp_path: Path) -> Callable[..., list[dict[str, Any]]]:
    """Decode bytes and return the lines."""

    def run(data: bytes, *arguments: str) -> list[dict[str, Any]]:
        file = tmp_path / "frames"
        file.write_bytes(data)
        ended = schoolward("dc09", "decode", file, *arguments)
        assert (ended.code, ended.err) == (0, "")
        lines = [json.loads(line) for line in ended.out.splitlines()]
        assert all(list(line) == KEYS for line in lines)
        return lines

    return run


Decode = Callable[..., list[dict[str, Any]]]


def test_a_plain_frame(decode: Decode) -> None:
    (line,) = decode(PLAIN)

    assert line == {
        "ok": True,
        "error": None,
        "crc_ok": True,
        "length_ok": True,
        "id": "SIA-DCS",
        "seq": "0007",
        "receiver": "1",
        "line": "0",
        "account": "ab01",
        "encrypted": False,
        "timestamp": "2026-11-23T08:21:05+00:00",
        "events": [
            {
                "code": "BA",
                "qualifier": "N",
                "zone": "01",
                "partition": "1",
                "user": None,
                "text": "Hall",
                "meaning": "Burglary alarm",
            },
            {
                "code": "CL",
                "qualifier": "N",
                "zone": None,
                "partition": "1",
                "user": "501",
                "text": None,
                "meaning": "Armed",
            },
        ],
        "xdata": [
            {"code": "V", "value": "X", "meaning": "verification, such as the address of a picture"},
            {"code": "I", "value": "École", "meaning": "words of the alarm"},
        ],
    }


def test_an_encrypted_frame_without_with_and_with_another_key(decode: Decode) -> None:
    (closed,) = decode(SEALED)
    assert (closed["ok"], closed["error"], closed["encrypted"]) == (True, None, True)
    assert closed["events"] is closed["xdata"] is closed["timestamp"] is None
    assert (closed["id"], closed["account"]) == ("ADM-CID", "1234")

    for text in (DIGITS, DIGITS.upper()):
        (opened,) = decode(SEALED, "--key", text)
        assert (opened["ok"], opened["error"]) == (True, None)
        assert opened["timestamp"] == "2026-11-23T08:21:05+00:00"
        assert [(event["code"], event["zone"]) for event in opened["events"]] == [("131", "003")]

    (wrong,) = decode(SEALED, "--key", "ff" * 16)
    assert (wrong["ok"], wrong["events"]) == (True, None)
    assert "key does not fit" in wrong["error"]


def test_what_is_no_frame_is_told_in_its_place(decode: Decode) -> None:
    lines = decode(PLAIN + b"GET / HTTP/1.1\r\n" + SEALED + b"\0\r\n" + negative(NOW) + PLAIN[:30])

    assert [line["ok"] for line in lines] == [True, False, True, True, False]
    assert "GET / HTTP" in lines[1]["error"]
    assert "16 bytes" in lines[1]["error"]
    assert lines[3]["id"] == "NAK"
    assert lines[3]["events"] == []
    assert "CR is missing" in lines[4]["error"]


def test_frames_with_faults(decode: Decode) -> None:
    bad_crc = PLAIN.replace(b"BA01", b"BA02")
    bad_length = PLAIN[:5] + b"0001" + PLAIN[9:]
    lines = decode(bad_crc + bad_length + build_frame(b"SIA-DCS", b"foo", account=b"1234", sequence=1))

    assert [(line["ok"], line["crc_ok"], line["length_ok"]) for line in lines] == [
        (False, False, True),
        (False, True, False),
        (True, True, True),
    ]
    assert lines[0]["events"] is None
    assert lines[1]["events"]
    assert lines[2]["events"] is None
    assert "no block of events" in lines[2]["error"]
    assert decode(bad_length, "--profile", "lenient")[0]["ok"]


def test_hexadecimal_lines(decode: Decode) -> None:
    text = f"{PLAIN.hex()}\n\n{(PLAIN + SEALED).hex(' ').upper()}\r\nxyz\n{b'junk'.hex()}\n"

    lines = decode(text.encode(), "--hex")

    assert [line["ok"] for line in lines] == [True, True, True, False, False]
    assert lines[3]["error"] == "Line 4 is not a string of hexadecimal digits, two a byte."


def test_standard_input_and_frames_longer_than_a_chunk(
    schoolward: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(PLAIN * 1000)))

    ended = schoolward("dc09", "decode", "-")

    assert ended.code == 0
    assert len(ended.out.splitlines()) == 1000
    assert {json.loads(line)["ok"] for line in ended.out.splitlines()} == {True}


def test_a_key_that_is_none_is_refused_without_being_repeated(schoolward: Run, tmp_path: Path) -> None:
    file = tmp_path / "frames"
    file.write_bytes(PLAIN)

    ended = schoolward("dc09", "decode", file, "--key", "deadbee")

    assert ended.code == ExitCode.USAGE
    assert "hexadecimal digits" in ended.err
    assert "deadbee" not in ended.err
    assert schoolward("dc09", "decode", file, "--profile", "no-such").code == ExitCode.USAGE
    assert schoolward("dc09", "decode", tmp_path / "none").code == ExitCode.USAGE


def test_it_needs_no_django() -> None:
    code = (
        "import sys, io\n"
        "from schoolward.cli.dc09 import dc09\n"
        "dc09(['decode', '-'], standalone_mode=False)\n"
        "assert 'django' not in sys.modules\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code], input=PLAIN, capture_output=True, check=False, timeout=60
    )

    assert (ended.returncode, ended.stderr) == (0, b"")
    assert json.loads(ended.stdout)["ok"]
