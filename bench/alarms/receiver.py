"""How many durable acknowledgements a second does one core give, against a peer that stores nothing.

    .venv/bin/python bench/alarms/receiver.py [--seconds 5] [--only sqlite] [--connections 100]

Receiver pinned to core 0, load generator to core 1, closed loop, one frame outstanding on each connection.
In the same run: pysiaalarm's asyncio server (it stores nothing) and a raw uvloop echo of the same frames;
`idle.py` measures one frame at a time. A loaded machine invalidates the run; what a processor second gives
holds better then, and is printed as well.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

SERVER_CORE, LOAD_CORE = 0, 1
ACCOUNTS = 1000
#: Share of the time in which somebody waited for a core, before the run, above which it is not valid.
MOST_PRESSURE = 5.0
GOALS = {
    "sqlite plain": 6.0,
    "sqlite aes": 8.0,
    "postgresql plain": 3.0,
    "postgresql aes": 5.0,
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


# --- servers, each in a process of its own ----------------------------------------------------------


def serve_echo(port: int) -> None:
    """Write back what was read, and nothing else."""
    import uvloop

    class Echo(asyncio.Protocol):
        def connection_made(self, transport: asyncio.BaseTransport) -> None:
            self.write = transport.write  # type: ignore[attr-defined]

        def data_received(self, data: bytes) -> None:
            self.write(data)

    async def serve() -> None:
        server = await asyncio.get_running_loop().create_server(Echo, "127.0.0.1", port)
        await server.serve_forever()

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(serve())


def serve_peer(port: int, encrypted: bool) -> None:
    """pysiaalarm's asyncio server with a callback that does nothing."""
    from bench.alarms.load import bench_panels
    from pysiaalarm import SIAAccount
    from pysiaalarm.aio import SIAClient

    async def nothing(_event: object) -> None:
        return None

    async def serve() -> None:
        accounts = [
            SIAAccount(panel.account, panel.key_text or None)
            for panel in bench_panels(ACCOUNTS, encrypted=encrypted)
        ]
        client = SIAClient("127.0.0.1", port, accounts, nothing)
        await client.async_start(reuse_port=True)
        await asyncio.sleep(3600)

    asyncio.run(serve())


def serve_ours(port: int) -> None:
    """The command itself."""
    from schoolward.cli import main

    main.COMMANDS.setdefault("alarms", ("schoolward.cli.alarms:alarms", ""))
    arguments = ["alarms", "receive", "--tcp", str(port), "--name", "bench", "--no-builder"]
    if os.environ.get("BENCH_PROFILE"):
        import cProfile

        profile = cProfile.Profile()
        with contextlib.suppress(SystemExit):
            profile.runcall(main.main, arguments)
        profile.dump_stats(os.environ["BENCH_PROFILE"])
        return
    main.main(arguments)


def prepare(encrypted: bool) -> None:
    """Make the tables and enter the panels."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "schoolward.config.settings")
    import django

    django.setup()
    from bench.alarms.load import bench_panels
    from django.conf import settings
    from django.core.management import call_command
    from django.utils import timezone

    from schoolward.domains.alarms.keys import seal
    from schoolward.domains.alarms.models import AlarmSystem, Line
    from schoolward.domains.places.models import Campus

    call_command("migrate", verbosity=0)
    line = Line.objects.get_or_create(name="main")[0]
    campus = Campus.objects.get_or_create(
        slug="invented",
        defaults={"name": "Invented", "address": "1 Invented Way", "address_key": "1 INVENTED WAY"},
    )[0]
    AlarmSystem.objects.all().delete()
    AlarmSystem.objects.bulk_create(
        AlarmSystem(
            line=line,
            account=panel.account,
            campus=campus,
            sealed_key=seal(panel.key_text, settings.SECRET_KEY),
            changed_at=timezone.now(),
            invented=True,
        )
        for panel in bench_panels(ACCOUNTS, encrypted=encrypted)
    )


# --- running them -----------------------------------------------------------------------------------


def environment(folder: Path, url: str) -> dict[str, str]:
    """For a process of ours."""
    return {
        **os.environ,
        "SCHOOLWARD_DATA_DIR": str(folder),
        "DATABASE_URL": url,
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
        "SCHOOLWARD_LOG_LEVEL": "WARNING",
    }


@contextlib.contextmanager
def serving(mode: str, env: dict[str, str], port: int, *more: str) -> Iterator[subprocess.Popen[bytes]]:
    """A server pinned to its core, until it has answered to a connection."""
    process = subprocess.Popen(
        [
            "taskset",
            "-c",
            str(SERVER_CORE),
            sys.executable,
            __file__,
            "--serve",
            mode,
            "--port",
            str(port),
            *more,
        ],
        env=env,
        start_new_session=True,
    )
    try:
        until = time.monotonic() + 60
        while True:
            if process.poll() is not None or time.monotonic() > until:
                sys.exit(f"the server {mode} did not start")
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            time.sleep(0.1)
        time.sleep(0.5)
        yield process
    finally:
        process.send_signal(signal.SIGTERM if mode == "ours" else signal.SIGKILL)
        process.wait(30)


def processor_seconds(pid: int) -> float:
    """What a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def measure(
    mode: str, *, encrypted: bool, seconds: float, connections: int, env: dict[str, str], guess: int
) -> dict[str, float]:
    """Serve, load, count."""
    port = free_port()
    with serving(mode, env, port, *(["--encrypted"] if encrypted else [])) as server:
        return load_served(
            server, port, encrypted=encrypted, seconds=seconds, connections=connections, env=env, guess=guess,
            answer="\n" if mode == "echo" else 'ACK"',
        )  # fmt: skip


def load_served(
    server: subprocess.Popen[bytes],
    port: int,
    *,
    encrypted: bool,
    seconds: float,
    connections: int,
    env: dict[str, str],
    guess: int,
    answer: str = 'ACK"',
) -> dict[str, float]:
    """Load a server that is there, and count. ``guess``: frames a second that it will hardly exceed."""
    orders = {
        "host": "127.0.0.1", "port": port, "accounts": ACCOUNTS, "encrypted": encrypted, "seconds": seconds,
        "connections": connections, "frames": int(guess * seconds / connections) + 200, "answer": answer,
    }  # fmt: skip
    load = subprocess.Popen(
        ["taskset", "-c", str(LOAD_CORE), sys.executable, str(ROOT / "bench/alarms/load.py")],
        env=environment(Path("/nowhere"), "") | {"SCHOOLWARD_DATA_DIR": env["SCHOOLWARD_DATA_DIR"]},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert load.stdin is not None
    assert load.stdout is not None
    load.stdin.write(json.dumps(orders) + "\n")
    load.stdin.flush()
    load.stdout.readline()
    before = processor_seconds(server.pid)
    load.stdin.write("go\n")
    load.stdin.flush()
    result: dict[str, float] = json.loads(load.stdout.readline())
    load.wait(30)
    result["server_processor"] = processor_seconds(server.pid) - before
    result["rate"] = result["acknowledged"] / result["seconds"]
    result["per_processor"] = result["acknowledged"] / max(result["server_processor"], 0.01)
    return result


def show(name: str, found: dict[str, float]) -> None:
    """One line."""
    share = found["processor"] / found["seconds"]
    print(
        f"{name:28} {found['rate']:9,.0f}/s  p50 {found['p50_ms']:7.3f} ms  p99 {found['p99_ms']:7.2f} ms  "
        f"{found['per_processor']:9,.0f} per processor second  generator busy {share:4.0%}"
        + (f"  OTHER ANSWERS {found['other']}" if found["other"] else "")
        + (f"  RAN OUT OF FRAMES {found['exhausted']}" if found["exhausted"] else ""),
        flush=True,
    )


def main() -> None:
    """Measure all, and print ratios."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--connections", type=int, default=100)
    parser.add_argument("--only", default="", help="e.g. sqlite, or 'sqlite plain'")
    parser.add_argument("--serve", choices=["echo", "peer", "ours", "prepare"])
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--encrypted", action="store_true")
    given = parser.parse_args()
    if given.serve == "echo":
        serve_echo(given.port)
    elif given.serve == "peer":
        serve_peer(given.port, given.encrypted)
    elif given.serve == "ours":
        serve_ours(given.port)
    elif given.serve == "prepare":
        prepare(given.encrypted)
    else:
        compare(given.seconds, given.connections, given.only)


def compare(seconds: float, connections: int, only: str) -> None:
    """The table."""
    waited = pressure()
    valid = waited <= MOST_PRESSURE
    print(
        f"cores {os.cpu_count()}, load {os.getloadavg()[0]:.1f}, waiting for a core {waited:.0f} %, "
        f"{connections} connections"
    )
    with tempfile.TemporaryDirectory(prefix="schoolward-bench-", dir=os.environ.get("BENCH_DIR")) as name:
        folder = Path(name)
        plain_env = environment(folder, "")
        found: dict[str, dict[str, float]] = {}
        kinds = {"plain": False, "aes": True}
        for kind, encrypted in kinds.items():
            for mode, guess in (("echo", 200_000), ("peer", 15_000)):
                if only and kind not in only and only not in ("sqlite", "postgresql"):
                    continue
                found[f"{mode} {kind}"] = measure(
                    mode, encrypted=encrypted, seconds=min(seconds, 3.0), connections=connections,
                    env=plain_env, guess=guess,
                )  # fmt: skip
                show(f"{mode} {kind}", found[f"{mode} {kind}"])
        for store in ("sqlite", "postgresql"):
            if only and store not in only and only not in kinds:
                continue
            with database(store, folder) as url:
                for kind, encrypted in kinds.items():
                    if only and kind not in only and only not in ("sqlite", "postgresql"):
                        continue
                    env = environment(folder, url)
                    subprocess.run(
                        [sys.executable, __file__, "--serve", "prepare"] + ["--encrypted"] * encrypted,
                        env=env, check=True,
                    )  # fmt: skip
                    key = f"{store} {kind}"
                    found[key] = measure(
                        "ours", encrypted=encrypted, seconds=seconds, connections=connections, env=env,
                        guess=90_000,
                    )  # fmt: skip
                    show(f"ours {key}", found[key])
    print()
    for key, goal in GOALS.items():
        kind = key.split()[1]
        if key in found and f"peer {kind}" in found:
            ours, peer, echo = found[key], found[f"peer {kind}"], found[f"echo {kind}"]
            ratio, of_echo = ours["rate"] / peer["rate"], ours["rate"] / echo["rate"]
            by_processor = ours["per_processor"] / peer["per_processor"]
            print(
                f"{key:18} {ratio:5.1f} times the peer (goal {goal:.0f}"
                f"{'' if ratio >= goal else ': MISSED'}), "
                f"{of_echo:4.0%} of the echo (goal 25 %); by processor second {by_processor:5.1f} times"
            )
    after = pressure()
    if not valid:
        print(
            f"INVALID: the machine was loaded ({waited:.0f} % waiting before the run, at most "
            f"{MOST_PRESSURE:.0f} % is allowed)"
        )
    print(f"load at the end {os.getloadavg()[0]:.1f}, waiting for a core {after:.0f} %")


@contextlib.contextmanager
def database(store: str, folder: Path) -> Iterator[str]:
    """A database's address, for as long as it is needed."""
    if store == "sqlite":
        yield f"sqlite:///{folder}/bench.sqlite3"
        return
    from bench.alarms.cluster import Cluster

    cluster = Cluster()
    try:
        yield cluster.url
    finally:
        cluster.remove()


if __name__ == "__main__":
    main()
