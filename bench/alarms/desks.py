"""How long a frame takes from the panel's socket to every open desk.

    .venv/bin/python bench/alarms/desks.py [--desks 500] [--frames 60] [--rate 2]

Everything real, on one machine, over loopback: the web server with its streams, the receiver, the builder, a
panel that sends one frame after the other, each of a system at a site of its own, and so many desks that hold
a stream open. Counted is the time from before the frame is sent to when the new case has been read on a desk.
In the same run: the durable acknowledgement of the same frames, which is the part of it that nobody can leave
out. Goal: 300 ms at p99 with 500 desks.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import resource
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

GOAL_MS = 300.0
#: Share of the time in which somebody waited for a core, before the run, above which it is not valid.
MOST_PRESSURE = 5.0
SECONDS_TO_START = 60.0
#: After the last frame, so long is waited for desks that have not heard.
SECONDS_OF_GRACE = 5.0
AT_ONCE = 50


STARTS = {
    "web": "from schoolward.cli.main import main; main()",
    "alarms": "from schoolward.cli.alarms import alarms; alarms()",
}


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def pressure() -> float:
    """Percent of the last ten seconds in which something waited for a core."""
    with contextlib.suppress(OSError):
        return float(Path("/proc/pressure/cpu").read_text().split("avg10=")[1].split()[0])
    return 0.0


def prepare(systems: int) -> str:
    """Make an empty installation with systems and an operator; return the operator's session cookie."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.test import Client
    from django.utils import timezone

    call_command("migrate", verbosity=0)
    from schoolward.domains.alarms import actions
    from schoolward.domains.places.models import Campus
    from schoolward.platform.access.models import Account, Agency, AgencyKind, Membership
    from schoolward.platform.access.viewer import Viewer

    at = timezone.now()
    by = Viewer.system(at=at, name="bench")
    for number in range(systems):
        name = site_of(number)
        campus = Campus.objects.create(
            name=name, slug=f"bench-{number}", address=name, address_key=name.upper()
        )
        actions.keep_system(line="main", account=account_of(number), campus_id=campus.pk, by=by, at=at)
    agency = Agency.objects.create(key="district", name="District", kind=AgencyKind.DISTRICT, created_at=at)
    account = Account.objects.create(
        email="desk@example.org", name="Desk", is_demonstration=True, created_at=at
    )
    Membership.objects.create(
        account=account,
        agency=agency,
        role="alarm_operator",
        all_sites=True,
        valid_from=timezone.localdate(at),
    )
    client = Client()
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    return "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())


def account_of(number: int) -> str:
    """The account of a system."""
    return f"{0xA000 + number:04X}"


def site_of(number: int) -> str:
    """The site of a system, by which its case is known again."""
    return f"Bench {number:04d}"


@contextlib.contextmanager
def running(group: str, *arguments: str, log: Path) -> Iterator[None]:
    """A command of Schoolward's in a process of its own."""
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-c", STARTS[group], *arguments],
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            yield
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def wait_for(port: int, path: str = "") -> None:
    """Until the port answers."""
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError):
            if path:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=2):
                    return
            else:
                socket.create_connection(("127.0.0.1", port), timeout=2).close()
                return
        time.sleep(0.2)
    raise SystemExit(f"nothing answers on port {port}")


class Desk:
    """One open stream, and when which site was heard of."""

    def __init__(self) -> None:
        self.heard: dict[str, float] = {}
        self.is_open = asyncio.Event()

    async def follow(self, port: int, cookie: str) -> None:
        """Read until cancelled."""
        reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=2**20)
        writer.write(
            f"GET /stream/alarms/ HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: {cookie}\r\n"
            "Accept: text/event-stream\r\n\r\n".encode()
        )
        try:
            status = await reader.readline()
            if b" 200 " not in status:
                raise SystemExit(f"a stream was refused: {status!r}")
            self.is_open.set()
            while line := await reader.readline():
                at = line.find(b'"site":"Bench ')
                if at >= 0:
                    # The first word about the site's case: what is told of it later does not count.
                    self.heard.setdefault(line[at + 8 : at + 18].decode(), time.perf_counter())
        finally:
            writer.close()


async def play(web: int, receiver: int, cookie: str, desks: int, frames: int, rate: float) -> None:
    """Open the desks, send the frames, and say how long each took."""
    from datetime import UTC, datetime

    from schoolward.domains.alarms.simulator.panels import Panel

    opened = [Desk() for _ in range(desks)]
    tasks: list[asyncio.Task[None]] = []
    began = time.perf_counter()
    for start in range(0, desks, AT_ONCE):
        part = opened[start : start + AT_ONCE]
        tasks += [asyncio.create_task(desk.follow(web, cookie)) for desk in part]
        await asyncio.wait_for(asyncio.gather(*(desk.is_open.wait() for desk in part)), 60)
    print(f"{desks} desks opened in {time.perf_counter() - began:.1f} s")
    await asyncio.sleep(2)
    before = pressure()
    sent: dict[str, float] = {}
    acknowledged: list[float] = []
    reader, writer = await asyncio.open_connection("127.0.0.1", receiver)
    for number in range(frames):
        panel = Panel(account_of(number))
        frame = panel.frame(panel.next_sequence(), b"Nri1BA003", datetime.now(UTC))
        sent[site_of(number)] = at = time.perf_counter()
        writer.write(frame)
        await asyncio.wait_for(reader.readuntil(b"\r"), 10)
        acknowledged.append(time.perf_counter() - at)
        await asyncio.sleep(max(0.0, at + 1 / rate - time.perf_counter()))
    writer.close()
    await asyncio.sleep(SECONDS_OF_GRACE)
    took = sorted(desk.heard[site] - at for desk in opened for site, at in sent.items() if site in desk.heard)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    tell(took, sorted(acknowledged), expected=desks * frames, before=before)


def tell(took: list[float], acknowledged: list[float], *, expected: int, before: float) -> None:
    """Print what came out."""
    if not took:
        raise SystemExit("no desk heard anything")

    def at(values: list[float], share: float) -> float:
        return 1000 * values[min(len(values) - 1, int(share * len(values)))]

    p99 = at(took, 0.99)
    print(f"acknowledged durably   p50 {at(acknowledged, 0.5):7.1f} ms  p99 {at(acknowledged, 0.99):7.1f} ms")
    most = 1000 * took[-1]
    print(f"on every desk          p50 {at(took, 0.5):7.1f} ms  p99 {p99:7.1f} ms  max {most:7.1f} ms")
    print(f"heard                  {len(took)} of {expected}{'' if len(took) == expected else ': MISSED'}")
    print(f"goal                   {GOAL_MS:.0f} ms at p99, ratio {p99 / GOAL_MS:.2f}")
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    verdict = (
        "" if before <= MOST_PRESSURE else f" (a core was waited for {before:.0f} % of the time: not valid)"
    )
    print(f"load                   {load}, pressure {before:.1f} %{verdict}")


def main() -> None:
    """Run it once."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--desks", type=int, default=500)
    parser.add_argument("--frames", type=int, default=60)
    parser.add_argument("--rate", type=float, default=2.0, help="frames a second")
    asked = parser.parse_args()
    if not (1 <= asked.desks <= 5000 and 1 <= asked.frames <= 2000 and 0.1 <= asked.rate <= 100):
        parser.error("1 to 5,000 desks, 1 to 2,000 frames, 0.1 to 100 frames a second")
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 65_536), hard))
    with tempfile.TemporaryDirectory(prefix="desks-") as folder:
        web, receiver = free_port(), free_port()
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "schoolward.config.settings",
            "SCHOOLWARD_DATA_DIR": folder,
            "SCHOOLWARD_DEMO": "1",  # the operator of the run has no second factor
            "SCHOOLWARD_SITE_URL": f"http://127.0.0.1:{web}",
            "PYTHONPATH": str(ROOT / "src"),
        }
        os.environ.pop("DATABASE_URL", None)
        cookie = prepare(asked.frames)
        logs = Path(folder)
        with (
            running("web", "run", "--port", str(web), "--no-worker", log=logs / "web.log"),
            running("alarms", "receive", "--tcp", str(receiver), log=logs / "receiver.log"),
        ):
            wait_for(web, "/accounts/login/")
            wait_for(receiver)
            time.sleep(3)  # the builder's lease
            asyncio.run(play(web, receiver, cookie, asked.desks, asked.frames, asked.rate))


if __name__ == "__main__":
    main()
