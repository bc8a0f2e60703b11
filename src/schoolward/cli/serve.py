"""``schoolward run`` and ``schoolward worker``."""

from __future__ import annotations

import os
import shlex
import shutil
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from schoolward.cli import installation, terminal
from schoolward.cli.outcome import CommandError, ExitCode

if TYPE_CHECKING:
    from schoolward.cli.children import Child

NO_ROOM_BYTES = 100_000_000
SECONDS_TO_ANSWER = 10
"""How long a web process may finish what it answers; less than the supervisor waits for the server."""
RECEIVER_HOST = "127.0.0.1"
LOOPBACK = ("127.0.0.1", "::1", "localhost")


@click.command(
    epilog="\b\nExamples:\n  schoolward run\n  schoolward run --demo --alarms\n"
    "  schoolward run --host 0.0.0.0 --port 80 --processes 4"
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on."
)
@click.option("--processes", default=1, show_default=True, type=click.IntRange(1, 64), help="Web processes.")
@click.option("--no-worker", is_flag=True, help="Leave the worker to somebody else.")
@click.option(
    "--alarms", is_flag=True, help="Receive alarms as well, from this machine only: for trying it out."
)
@click.option("--demo", is_flag=True, help="Load the demonstration district where nothing is stored yet.")
def run(host: str, port: int, processes: int, no_worker: bool, alarms: bool, demo: bool) -> None:
    """Start the web server and the worker; Ctrl-C or SIGTERM stops both.

    The tables are brought up to this version first. If the worker dies it is started again; if the web
    server dies the command ends. With --alarms a receiver and its case builder run besides; they may die
    and are started again while the pages go on.
    """
    from schoolward.cli.children import ESSENTIAL, Program
    from schoolward.cli.supervise import Supervisor, check_port

    check_port(host, port)
    installation.start(database=False, compiled=not demo)
    from schoolward.platform.health.database import ask_for_writing

    _check_room()
    if installation.migrate():
        terminal.say("The database has been brought up to this version.")
    ask_for_writing()
    if demo:
        _load_demonstration()
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    accounts = _demonstration_accounts()
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    environment.setdefault("SCHOOLWARD_SITE_URL", address)
    if sys.stderr.isatty():
        # Somebody watches: what went well is for a log file to tell.
        environment.setdefault("SCHOOLWARD_LOG_LEVEL", "WARNING")
    if accounts and host in LOOPBACK:
        # The demonstration's accounts need no second factor, and only this machine can reach them.
        environment.setdefault("SCHOOLWARD_DEMO", "1")
    python = [sys.executable, "-m", "schoolward"]
    children: list[Child] = [
        Program(
            name="web server",
            care=ESSENTIAL,
            command=_web_command(host, port, processes),
            environment=environment,
        )
    ]
    if not no_worker:
        children.append(Program(name="worker", command=[*python, "worker"], environment=environment))
    receiver_port, line, later = 0, "", []
    if alarms:
        from schoolward.domains.alarms.queries import busiest_line

        receiver_port, line = _receiver_port(), busiest_line()
        later = [_receiver(python, receiver_port, line, environment)]
    Supervisor(children, later).run(
        address=address.replace("0.0.0.0", "127.0.0.1"),  # noqa: S104 - every address includes this one
        when_ready=lambda: _greet(address, accounts, receiver_port, line),
    )


@click.command(epilog="\b\nExamples:\n  schoolward worker\n  schoolward worker --once")
@click.option("--once", is_flag=True, help="Do what is waiting now, and end.")
def worker(once: bool) -> None:
    """Do the queued work. SIGTERM lets it finish the job at hand; jobs of a killed worker are taken over."""
    installation.start()
    from schoolward.platform.health.wording import counted
    from schoolward.platform.jobs.worker import Worker

    if once:
        click.echo(f"{counted(Worker().run_pending(), 'job')} tried")
    else:
        Worker().run()


def _web_command(host: str, port: int, processes: int) -> list[str]:
    """The web server's command: processes for the processor's cores; threads are in ``config.asgi``."""
    server = [sys.executable, "-m", "granian", "schoolward.config.asgi:application", "--interface", "asgi"]
    server += ["--host", host, "--port", str(port), "--workers", str(processes)]
    server += ["--respawn-failed-workers", "--workers-kill-timeout", str(SECONDS_TO_ANSWER)]
    return [*server, "--no-ws", "--log-level", "warning"]


def _receiver_port() -> int:
    """The receiver's usual port on this machine, or a free one where that is taken."""
    from schoolward.cli.alarm_receiver import DEFAULT_PORT
    from schoolward.cli.supervise import port_trouble

    def is_free(port: int) -> bool:
        kinds = (socket.SOCK_STREAM, socket.SOCK_DGRAM)
        return all(port_trouble(RECEIVER_HOST, port, kind) is None for kind in kinds)

    if is_free(DEFAULT_PORT):
        return DEFAULT_PORT
    while True:
        with socket.socket() as probe:
            probe.bind((RECEIVER_HOST, 0))
            port: int = probe.getsockname()[1]
        if is_free(port):
            return port


def _receiver(python: list[str], port: int, line: str, environment: dict[str, str]) -> Child:
    """The receiver with its builder, started after the pages so that nobody waits for it to see them."""
    from schoolward.cli.children import Care, Program

    command = [*python, "alarms", "receive", "--host", RECEIVER_HOST, "--tcp", str(port), "--udp", str(port)]
    command += ["--line", line] if line else []
    # One of the same name that runs already ends some day; until then this says so, less and less often.
    care = Care(restarts=None, pause=1.0, longest_pause=300.0)
    return Program(name="alarm receiver", care=care, command=command, environment=environment)


def _check_room() -> None:
    """Refuse to start on a full disk, where the first write would fail halfway."""
    from django.conf import settings

    free = shutil.disk_usage(settings.DATA_DIR).free
    if free < NO_ROOM_BYTES:
        raise CommandError(
            f"Only {free / 1e6:.0f} MB are free where {settings.DATA_DIR} lies; free some space first.",
            ExitCode.NOT_READY,
        )


def _load_demonstration() -> None:
    """Load the demonstration district where nothing is stored yet; beside real records, say so."""
    from schoolward.platform.demo import actions, contents

    if contents.is_empty():
        by = installation.operator()
        actions.load(by=by, at=by.at, told=terminal.say)
    elif not actions.is_loaded():
        terminal.say("This installation holds records already: it starts without the demonstration.")


def _demonstration_accounts() -> list[tuple[str, str]]:
    """(role, e-mail address) of the demonstration's accounts, if it is loaded."""
    from schoolward.platform.access.models import Membership

    found = Membership.objects.filter(account__is_demonstration=True).select_related("account").order_by("pk")
    return [(membership.get_role_display(), membership.account.email) for membership in found]


def _greet(address: str, accounts: list[tuple[str, str]], receiver_port: int, line: str) -> None:
    """Say where it is, who can sign in, and how to play a panel."""
    if accounts:
        from schoolward.domains.people.seed import DEMONSTRATION_PASSWORD

        click.echo(f"\nDemonstration accounts (password: {DEMONSTRATION_PASSWORD})\n")
        terminal.write_table(("ROLE", "E-MAIL"), list(dict.fromkeys(accounts)))
    else:
        click.echo(
            "\nNobody can sign in yet. In another window, with your own address, name and district:\n"
            "  schoolward accounts create-administrator ana@district.example "
            '--name "Ana" --district "River City Unified"'
        )
    if receiver_port:
        click.echo(
            f"\nAlarm panels report to {RECEIVER_HOST}:{receiver_port}. To play some, in another window:\n"
            f"  {_simulation(receiver_port, line)}\nand watch {address}/alarms/desk/"
        )
    click.echo(f"\nSchoolward is at {address}/ (Ctrl-C stops it)\n")
    sys.stdout.flush()


def _simulation(port: int, line: str) -> str:
    """The command line that plays panels: those that are entered, or invented ones where there are none."""
    program = Path(sys.argv[0])
    command = "schoolward"
    if program.name == command and shutil.which(command) != str(program.resolve()):
        here = Path.cwd()
        program = program.absolute()
        command = str(program.relative_to(here) if program.is_relative_to(here) else program)
    words = [command, "alarms", "simulate", "--port", str(port), "--rate", "0.5", "--seconds", "60"]
    words += ["--line", line] if line else ["--accounts", "3"]
    folder = os.environ.get(installation.DATA_FOLDER)
    return (f"{installation.DATA_FOLDER}={shlex.quote(folder)} " if folder else "") + shlex.join(words)
