"""The simulator against a foreign receiver: what our panels say is understood by somebody else's code.

PyPI's pysiaalarm is a receiver; it has no panel's side. So our panels report to it, over a real connection,
and it must find account, code and zone. Skipped where it is not installed (a development dependency).
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import warnings
from datetime import UTC, datetime
from typing import Any

import pytest

from schoolward.domains.alarms.simulator.links import Target
from schoolward.domains.alarms.simulator.panels import Panel
from schoolward.domains.alarms.simulator.playing import Play, Player

pysiaalarm = pytest.importorskip("pysiaalarm")
ACCOUNT = "1A2B"


def heard_by_the_peer(key: str, panels: list[Panel], events: int) -> tuple[list[Any], dict[str, Any]]:
    """Let panels report to pysiaalarm's asyncio server; returns its events and what the panels counted."""
    from pysiaalarm.aio import SIAClient

    found: list[Any] = []

    async def keep(event: Any) -> None:
        found.append(event)

    async def run() -> dict[str, Any]:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1])
        client = SIAClient("127.0.0.1", port, [pysiaalarm.SIAAccount(ACCOUNT, key or None)], keep)
        await client.async_start(reuse_port=True)
        try:
            play = Play(
                target=Target("127.0.0.1", port), panels=panels, connections=1, rate=None, events=events,
                resend_after=2.0, tries=1,
            )  # fmt: skip
            return (await Player(play).run()).as_json()
        finally:
            with contextlib.suppress(Exception):
                await client.async_stop()

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the peer's own
        return found, asyncio.run(run())


@pytest.mark.parametrize("key", ["", "AAAABBBBCCCCDDDD", "AAAABBBBCCCCDDDDEEEEFFFF"])
def test_the_peer_understands_our_panels_and_they_its_answers(key: str) -> None:
    events, counted = heard_by_the_peer(key, [Panel(ACCOUNT, key, receiver=b"1")], 40)
    assert counted["acknowledged"] == counted["sent"] == 40
    assert len(events) == 40
    assert all(event.valid_message and event.valid_timestamp and event.account == ACCOUNT for event in events)
    assert [int(event.sequence) for event in events] == list(range(1, 41))


def test_what_the_peer_reads_is_what_was_said() -> None:
    frame = Panel(ACCOUNT, receiver=b"1").frame(7, b"Nri2BA013", datetime.now(UTC))
    event = pysiaalarm.SIAEvent.from_line(
        frame.decode("ascii").strip(), {ACCOUNT: pysiaalarm.SIAAccount(ACCOUNT)}
    )
    assert event.valid_message
    assert (event.code, event.ri, event.message) == ("BA", "2", "013")
