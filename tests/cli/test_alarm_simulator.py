"""Panels that are played: how often they try, when they stop, what they are like, and how it ends."""

from __future__ import annotations

import asyncio
import json
import socket
import time
from collections.abc import Iterator

import pytest
from click.testing import CliRunner
from tests.conftest import NOW

from schoolward.cli.alarm_simulator import simulate
from schoolward.cli.outcome import ExitCode
from schoolward.domains.alarms.simulator.links import Target
from schoolward.domains.alarms.simulator.panels import Panel, invented_panels
from schoolward.domains.alarms.simulator.playing import Play, Player, Result
from schoolward.protocols.dc09 import PROFILES, parse_envelope


@pytest.fixture
def nobody() -> Iterator[int]:
    """A port on which nobody listens."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield held.getsockname()[1]


def play(port: int, **how: object) -> Result:
    """Play one panel against the port."""
    panels = invented_panels(1, seed=1, encrypted=False)
    wanted = {"rate": None, "connections": 1, "panels": panels, **how}
    return asyncio.run(Player(Play(target=Target("127.0.0.1", port), **wanted)).run())  # type: ignore[arg-type]


def test_where_nobody_listens_a_panel_tries_again_as_seldom_as_where_nobody_answers(nobody: int) -> None:
    result = play(nobody, events=1, tries=4, resend_after=0.1)

    assert result.seconds >= 0.3
    assert (result.sent, result.silent, result.refused_connections) == (1, 1, 4)
    assert result.resent == 0, "what was never sent was not sent again"


def test_a_play_ends_in_its_time_however_many_tries_there_may_be(nobody: int) -> None:
    begun = time.monotonic()

    result = play(nobody, events=2, tries=1000, resend_after=0.1, seconds=0.5)

    assert time.monotonic() - begun < 5
    assert result.silent == result.sent == 1
    assert result.refused_connections <= 7


def test_an_event_that_was_given_up_ends_with_a_code_of_its_own(nobody: int) -> None:
    wanted = f"--port {nobody} --accounts 1 --events 1 --tries 1 --storm --resend-after 0.05"

    ended = CliRunner().invoke(simulate, wanted.split())

    assert ended.exit_code == ExitCode.FOUND_FAULTS
    assert json.loads(ended.stdout)["silent"] == 1


@pytest.mark.parametrize("name", sorted(PROFILES))
def test_a_panel_writes_as_its_make_does(name: str) -> None:
    profile = PROFILES[name]
    panel = Panel("0012", "0123456789ABCDEF" * (1 if profile.key == "ascii" else 2), profile=profile)

    envelope = parse_envelope(panel.frame(7, b"NBA003", NOW), profile)

    assert envelope.ok
    assert envelope.binary_crc is (profile.crc == "binary")
