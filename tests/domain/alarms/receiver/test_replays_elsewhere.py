"""A frame that was recorded on its way to one receiver and is sent to another one."""

from __future__ import annotations

import socket
from collections.abc import Callable

import pytest
from tests.domain.alarms.receiver.in_hand import KEY, Installation, PanelClient, event, kind_of
from tests.domain.alarms.receiver.in_shell import Shell

from schoolward.protocols.dc09 import parse_envelope
from schoolward.protocols.dc09.answers import seal

Connect = Callable[..., PanelClient]


@pytest.mark.parametrize("renumber", [False, True], ids=["as it was", "under another number"])
def test_it_becomes_no_second_event(
    installation: Installation, shell: Shell, connect: Connect, renumber: bool
) -> None:
    installation.add_system("1234", key=KEY)
    first, second = installation.start("first"), installation.start("second")
    frame = event("1234", 7, key=KEY)
    assert kind_of(connect(first.ports["tcp"]).ask(frame)) == "ACK"
    envelope = parse_envelope(frame)
    replayed = frame
    if renumber:
        replayed = seal(b'"*SIA-DCS"0008%b%b' % (envelope.address[4:], envelope.body))
    with socket.socket() as link:
        link.bind(("127.0.0.2", 0))  # somebody else
        link.connect(("127.0.0.1", second.ports["tcp"]))
        # It is new to this receiver, and in time.
        assert kind_of(PanelClient(link).ask(replayed)) == "ACK"
        # To the first it is not, whatever its number.
    with socket.socket() as link:
        link.bind(("127.0.0.2", 0))
        link.connect(("127.0.0.1", first.ports["tcp"]))
        assert PanelClient(link).ask(replayed, 0.5) == b""

    assert shell.run("build", "--once").returncode == 0
    signals = installation.execute(
        "SELECT kind, repeats FROM alarms_signal WHERE account = '1234' ORDER BY 1"
    )
    assert [kind for kind, _repeats in signals if kind != "security"] == ["burglary"]
    assert dict(signals)["burglary"] == 0
    cases = installation.execute("SELECT kind, count(*) FROM alarms_case GROUP BY kind ORDER BY kind")
    assert cases == [("alarm", 1), ("security", 1)]
