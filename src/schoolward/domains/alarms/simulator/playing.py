"""Plays panels against a receiver, honestly: an event counts as acknowledged only when its ACK was read."""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from math import inf
from typing import Any, TextIO

from schoolward.domains.alarms.simulator.faults import Expected, Fault, Wire, wire
from schoolward.domains.alarms.simulator.links import Link, Target
from schoolward.domains.alarms.simulator.panels import Panel, saying
from schoolward.protocols.dc09 import Envelope

#: An answer to a faulty frame that must be silence is waited for this long.
SECONDS_OF_SILENCE = 0.2
SECONDS_BETWEEN_PIECES = 0.02
SECONDS_TO_BACKUP = 0.2
"""A panel whose receiver refuses the connection turns to its backup this soon."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Play:
    """What is played."""

    target: Target
    backup: Target | None = None
    """The second receiver of every panel, tried whenever the other does not answer."""
    panels: list[Panel]
    connections: int
    rate: float | None
    """Events a second of all panels together; ``None``: each as soon as the last is acknowledged."""
    seconds: float | None = None
    """No new event begins after it, and no new try; an answer that is waited for is waited for."""
    events: int | None = None
    resend_after: float = 11.0
    """Between two tries of an event, whether nobody answered or nobody listened."""
    tries: int = 5
    faults: tuple[Fault, ...] = ()
    fault_share: float = 0.1
    link_test_every: float | None = None
    seed: int = 1
    ledger: TextIO | None = None


@dataclass
class Result:
    """What came of it."""

    sent: int = 0
    """Events, each counted once however often it was sent."""
    acknowledged: int = 0
    negative: int = 0
    silent: int = 0
    """Events that were given up without an acknowledgement."""
    resent: int = 0
    """Frames that were sent once more."""
    refused_connections: int = 0
    """Tries that found nobody listening; nothing was sent."""
    link_tests: int = 0
    link_tests_acknowledged: int = 0
    faults: dict[str, Counter[str]] = field(default_factory=dict)
    unexpected: list[str] = field(default_factory=list)
    seconds: float = 0.0
    _latencies: list[float] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """The figures; durations in milliseconds, from the first try to the acknowledgement."""
        waits = sorted(self._latencies)

        def at(share: float) -> float | None:
            return round(1000 * waits[min(len(waits) - 1, int(share * len(waits)))], 3) if waits else None

        return {
            "sent": self.sent,
            "acknowledged": self.acknowledged,
            "negative": self.negative,
            "silent": self.silent,
            "resent": self.resent,
            "refused_connections": self.refused_connections,
            "link_tests": self.link_tests,
            "link_tests_acknowledged": self.link_tests_acknowledged,
            "seconds": round(self.seconds, 3),
            "acknowledged_per_second": round(self.acknowledged / self.seconds, 1) if self.seconds else None,
            "p50_ms": at(0.5),
            "p99_ms": at(0.99),
            "max_ms": at(1.0),
            "faults": {name: dict(counts) for name, counts in sorted(self.faults.items())},
            "unexpected": self.unexpected[:20],
        }

    def acknowledge(self, seconds: float) -> None:
        """Count an event that was acknowledged so long after it was first sent."""
        self.acknowledged += 1
        self._latencies.append(seconds)


class Player:
    """Plays once."""

    def __init__(self, play: Play) -> None:
        self._play = play
        self.result = Result()
        self._begun = 0.0
        self._stop = asyncio.Event()
        self._given = 0

    async def run(self) -> Result:
        """Play to the end, and return what came of it."""
        self._begun = time.monotonic()
        play = self._play
        count = min(play.connections, len(play.panels))
        links = [
            asyncio.ensure_future(self._link(play.panels[number::count], number)) for number in range(count)
        ]
        try:
            await asyncio.gather(*links)
        finally:
            for link in links:
                link.cancel()
            self.result.seconds = time.monotonic() - self._begun
        return self.result

    def stop(self) -> None:
        """Send no new events; those on their way are seen through."""
        self._stop.set()

    async def _turns(self) -> AsyncIterator[None]:
        """Once for each event that this link may send, at its time."""
        play = self._play
        while not self._stop.is_set():
            if play.events is not None and self._given >= play.events:
                return
            number = self._given
            self._given += 1
            if play.rate is not None:
                wait = self._begun + number / play.rate - time.monotonic()
                if play.seconds is not None and number / play.rate >= play.seconds:
                    return
                if wait > 0:
                    with suppress(TimeoutError):
                        async with asyncio.timeout(wait):
                            await self._stop.wait()
                            return
            elif play.seconds is not None and time.monotonic() - self._begun >= play.seconds:
                return
            yield

    async def _link(self, panels: list[Panel], which: int) -> None:
        """One connection and the panels behind it, one frame outstanding at a time."""
        chance = random.Random(f"{self._play.seed} {which}")  # noqa: S311 - invented events
        link = Link(self._play.target, self._play.backup)
        tests = asyncio.Lock()
        testing = None
        if self._play.link_test_every:
            testing = asyncio.ensure_future(self._link_tests(link, panels, tests, self._play.link_test_every))
        number = chance.randrange(len(panels))
        try:
            async for _turn in self._turns():
                number = (number + 1) % len(panels)
                panel = panels[number]
                fault = None
                if self._play.faults and chance.random() < self._play.fault_share:
                    fault = chance.choice(self._play.faults)
                async with tests:
                    if fault is Fault.COALESCED:
                        await self._coalesced(link, panel, chance)
                    else:
                        await self._event(link, panel, fault, chance)
        finally:
            if testing is not None:
                testing.cancel()
            link.close()

    async def _link_tests(self, link: Link, panels: list[Panel], alone: asyncio.Lock, every: float) -> None:
        while True:
            for panel in panels:
                await asyncio.sleep(every / len(panels))
                async with alone:
                    if await link.open():
                        self.result.link_tests += 1
                        link.write(panel.link_test(datetime.now(UTC)))
                        answer = await link.answer(self._play.resend_after)
                        self.result.link_tests_acknowledged += (
                            answer is not None and answer.identifier == b"ACK"
                        )

    async def _event(self, link: Link, panel: Panel, fault: Fault | None, chance: random.Random) -> None:
        """One event: what is wrong first, then the right frame until it is acknowledged or given up."""
        result = self.result
        result.sent += 1
        sequence, data = panel.next_sequence(), saying(chance)
        first = time.monotonic()
        was_sent = False
        for attempt in self._tries():
            if not await link.open():
                await self._wait_for_listener(attempt)
                continue
            if was_sent:
                result.resent += 1
            # A new try has a new timestamp under the same number, as real panels have it.
            written = wire(None if was_sent else fault, panel, sequence, data, datetime.now(UTC), chance)
            was_sent = True
            if written.faulty and fault is not None:
                await self._faulty(link, written, fault, panel, sequence)
            for number, piece in enumerate(written.pieces):
                if number:
                    await asyncio.sleep(SECONDS_BETWEEN_PIECES)
                link.write(piece)
            if await self._acknowledged(link, panel, sequence):
                result.acknowledge(time.monotonic() - first)
                self._enter(panel, sequence, data)
                return
            link.give_up()
        result.silent += 1

    def _tries(self) -> Iterator[int]:
        """The tries of one event, as far as its number of tries and the time of the play allow."""
        for attempt in range(self._play.tries):
            if attempt and self._left() <= 0:
                return
            yield attempt

    def _left(self) -> float:
        """Seconds until the play is over."""
        seconds = self._play.seconds
        return inf if seconds is None else self._begun + seconds - time.monotonic()

    async def _wait_for_listener(self, attempt: int) -> None:
        """Nobody listened. A backup is tried at once; then it takes as long as without an answer."""
        self.result.refused_connections += 1
        has_backup = self._play.backup is not None and attempt % 2 == 0
        wait = SECONDS_TO_BACKUP if has_backup else self._play.resend_after
        await asyncio.sleep(max(0.0, min(wait, self._left())))

    async def _acknowledged(self, link: Link, panel: Panel, sequence: int) -> bool:
        until = time.monotonic() + self._play.resend_after
        while (left := until - time.monotonic()) > 0:
            answer = await link.answer(left)
            if answer is None:
                return False
            if answer.identifier == b"NAK":
                self.result.negative += 1
                return False
            if _fits(answer, panel, sequence):
                return True
        return False

    async def _faulty(self, link: Link, written: Wire, fault: Fault, panel: Panel, sequence: int) -> None:
        """Send the faulty frame, and hold what is answered against what should be."""
        link.write(written.faulty)
        silence = written.expected is Expected.SILENCE
        answer = await link.answer(SECONDS_OF_SILENCE if silence else self._play.resend_after)
        if answer is None:
            found = Expected.SILENCE
        elif answer.identifier == b"NAK":
            found = Expected.NAK
        else:
            found = Expected.ACK
        self.result.faults.setdefault(fault.value, Counter())[found.value] += 1
        if found is not written.expected:
            self.result.unexpected.append(
                f"{fault.value}: {found.value} instead of {written.expected.value} "
                f"(account {panel.account}, sequence {sequence})"
            )
        await link.open()

    async def _coalesced(self, link: Link, panel: Panel, chance: random.Random) -> None:
        """Three events in one packet: three acknowledgements are owed."""
        events = [(panel.next_sequence(), saying(chance)) for _ in range(3)]
        self.result.sent += len(events)
        self.result.faults.setdefault(Fault.COALESCED.value, Counter())["sent"] += 1
        open_events = dict(events)
        first = time.monotonic()
        was_sent = False
        for attempt in self._tries():
            if not await link.open():
                await self._wait_for_listener(attempt)
                continue
            if was_sent:
                self.result.resent += len(open_events)
            was_sent = True
            at = datetime.now(UTC)
            link.write(b"".join(panel.frame(number, data, at) for number, data in open_events.items()))
            until = time.monotonic() + self._play.resend_after
            while open_events and (left := until - time.monotonic()) > 0:
                answer = await link.answer(left)
                if answer is None:
                    break
                number = int(answer.sequence or b"0")
                if number in open_events and _fits(answer, panel, number):
                    self.result.acknowledge(time.monotonic() - first)
                    self._enter(panel, number, open_events.pop(number))
            if not open_events:
                return
            link.give_up()
        self.result.silent += len(open_events)

    def _enter(self, panel: Panel, sequence: int, data: bytes) -> None:
        """Write an acknowledged event into the ledger."""
        if self._play.ledger is not None:
            entry = {
                "at": datetime.now(UTC).isoformat(),
                "account": panel.account,
                "sequence": sequence,
                "data": data.decode("ascii"),
            }
            self._play.ledger.write(json.dumps(entry) + "\n")


def _fits(answer: Envelope, panel: Panel, sequence: int) -> bool:
    return (
        answer.ok
        and answer.identifier == b"ACK"
        and answer.account == panel.account.encode()
        and int(answer.sequence) == sequence
        and answer.encrypted == (panel.key is not None)
    )
