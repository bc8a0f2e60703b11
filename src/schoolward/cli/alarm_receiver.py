"""``schoolward alarms receive``."""

from __future__ import annotations

import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from schoolward.cli import installation
from schoolward.cli.outcome import CommandError, ExitCode
from schoolward.cli.terminal import say
from schoolward.platform.jobs.stopping import StopRequest

if TYPE_CHECKING:
    from schoolward.domains.alarms.receiver.configuration import Certificates, Configuration

DEFAULT_PORT = 10500
SECONDS_TO_STOP = 15.0
#: A worker that ends sooner than this after its start, so often in a row, is not started again.
SECONDS_OF_A_GOOD_RUN, RESTARTS = 10.0, 5
_PORT = click.IntRange(0, 65535)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(
    epilog="\b\nExamples:\n"
    "  schoolward alarms receive --host 0.0.0.0 --tcp 10500 --udp 10500\n"
    "  schoolward alarms receive --host :: --tls 10501 --certificate tls.pem --private-key tls.key\n"
    "  schoolward alarms receive --tcp 10500 --workers 2 --http 9109\n"
    "\b\nDocumentation for installers of panels: docs/how-to/receive-alarms.md.",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on; :: for IPv6.")
@click.option("--tcp", multiple=True, type=_PORT, help=f"Port for TCP (default {DEFAULT_PORT}, and for UDP).")
@click.option("--udp", multiple=True, type=_PORT, help="Port for UDP.")
@click.option("--tls", multiple=True, type=_PORT, help="Port for TLS over TCP.")
@click.option("--certificate", type=_FILE, help="Certificate of this receiver, with its chain (PEM).")
@click.option("--private-key", type=_FILE, help="Its private key (PEM).")
@click.option("--client-ca", type=_FILE, help="Authority whose certificates panels must show (PEM).")
@click.option("--line", default="main", show_default=True, help="The line that these ports belong to.")
@click.option("--name", help="Name of the receiver's chain in the journal (default: this machine's).")
@click.option(
    "--workers",
    default=1,
    show_default=True,
    type=click.IntRange(1, 64),
    help="Processes that share the ports.",
)
@click.option(
    "--http",
    "http",
    metavar="[HOST:]PORT",
    help="Serve /healthz and /metrics here; each further worker on the next port. Off by default.",
)
def receive(
    host: str,
    tcp: tuple[int, ...],
    udp: tuple[int, ...],
    tls: tuple[int, ...],
    certificate: Path | None,
    private_key: Path | None,
    client_ca: Path | None,
    line: str,
    name: str | None,
    workers: int,
    http: str | None,
) -> None:
    """Receive panels' frames, and acknowledge each when it is durable. Ctrl-C or SIGTERM ends it in order.

    It goes on while the web application is down. On SIGTERM it listens no more, stores and acknowledges what
    it has received, and ends.
    """
    if not (tcp or udp or tls):
        tcp = udp = (DEFAULT_PORT,)
    http_host, http_port = _address(http)
    certificates = _certificates(bool(tls), certificate, private_key, client_ca)
    if workers > 1 and 0 in (*tcp, *udp, *tls):
        raise click.UsageError("several workers need a port by its number: 0 would give each its own.")
    installation.start()
    from django.conf import settings
    from django.db import connection

    from schoolward.domains.alarms.receiver.configuration import Configuration
    from schoolward.domains.alarms.receiver.storing import DatabaseAddress

    base = name or socket.gethostname().partition(".")[0]
    if not 0 < len(base) <= 35 or not base.replace("-", "").replace("_", "").isalnum():
        raise click.BadParameter("must be up to 35 letters, digits, - or _.", param_hint="--name")
    configuration = Configuration(
        name=base if name and workers == 1 else f"{base}-1",
        database=DatabaseAddress.of_settings(settings.DATABASES["default"]),
        folder=Path(settings.DATA_DIR) / "alarms",
        secret=settings.SECRET_KEY,
        host=host,
        tcp=tcp,
        udp=udp,
        tls=tls,
        certificates=certificates,
        line=line,
        http_host=http_host,
        http_port=http_port,
        shares_ports=workers > 1,
    )
    # The receiver has connections of its own, and a connection must not be shared with a child.
    connection.close()
    if workers == 1:
        _receive(configuration)
        return
    for kind, ports in ((socket.SOCK_STREAM, (*tcp, *tls)), (socket.SOCK_DGRAM, udp)):
        for port in ports:
            _check_free(host, port, kind)
    configurations = [
        replace(
            configuration,
            name=f"{base}-{number}",
            http_port=None if http_port is None else http_port + number - 1,
        )
        for number in range(1, workers + 1)
    ]
    Workers(configurations, _receive).run()


def _receive(configuration: Configuration) -> None:
    """Run one receiver in this process. Raises :class:`CommandError`."""
    from schoolward.domains.alarms.receiver.name import NameTaken
    from schoolward.domains.alarms.receiver.running import Process
    from schoolward.domains.alarms.receiver.sockets import CannotListen
    from schoolward.domains.alarms.receiver.storing import StoreDown, StoreTables
    from schoolward.domains.alarms.receiver.writing import NameInUse

    def ready(places: list[str]) -> None:
        say(f"Receiver {configuration.name} listens: {', '.join(places)} (line {configuration.line})")

    try:
        Process(configuration, ready).run()
    except (CannotListen, NameTaken, NameInUse) as error:
        raise CommandError(f"{str(error)[0].upper()}{str(error)[1:]}.", ExitCode.NOT_READY) from None
    except StoreDown as error:
        raise CommandError(f"The database does not answer: {error}.", ExitCode.NOT_READY) from None
    except StoreTables as error:
        raise CommandError(
            f"The database lacks tables of this version ({error}); run `schoolward manage migrate`.",
            ExitCode.NOT_READY,
        ) from None


class Workers:
    """Forks a process for each configuration, starts one again that died, and ends them together."""

    def __init__(self, configurations: list[Configuration], work: Callable[[Configuration], None]) -> None:
        self._configurations = configurations
        self._work = work
        self._running: dict[int, int] = {}  # process id -> which configuration
        self._begun: dict[int, float] = {}
        self._failures: dict[int, int] = {}
        self._stop = StopRequest()

    def run(self) -> None:
        """Keep all running until SIGTERM or SIGINT. Raises :class:`CommandError` when one cannot be kept."""
        self._stop.listen()
        try:
            for which in range(len(self._configurations)):
                self._start(which)
            while not self._stop.wait(0.1):
                self._look()
        finally:
            self._end()

    def _start(self, which: int) -> None:
        sys.stdout.flush()
        sys.stderr.flush()
        child = os.fork()
        if child:
            self._running[child] = which
            self._begun[which] = time.monotonic()
            return
        code = int(ExitCode.FAILED)
        try:
            from schoolward.cli.supervise import _die_with_parent

            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, signal.SIG_DFL)
            if sys.platform == "linux":
                _die_with_parent()
            self._work(self._configurations[which])
            code = int(ExitCode.DONE)
        except CommandError as error:
            error.show()
            code = int(error.code)
        except BaseException:
            import traceback

            traceback.print_exc()
        finally:
            sys.stderr.flush()
            os._exit(code)

    def _look(self) -> None:
        for child in list(self._running):
            ended, status = os.waitpid(child, os.WNOHANG)
            if not ended:
                continue
            which = self._running.pop(child)
            code = os.waitstatus_to_exitcode(status)
            if time.monotonic() - self._begun[which] > SECONDS_OF_A_GOOD_RUN:
                self._failures[which] = 0
            self._failures[which] = self._failures.get(which, 0) + 1
            name = self._configurations[which].name
            if self._failures[which] > RESTARTS or code == ExitCode.NOT_READY:
                raise CommandError(
                    f"Receiver {name} ends as soon as it is started; the lines above say why.",
                    ExitCode.NOT_READY,
                )
            say(f"Receiver {name} ended with code {code}; starting it again.")
            self._start(which)

    def _end(self) -> None:
        for child in self._running:
            os.kill(child, signal.SIGTERM)
        until = time.monotonic() + SECONDS_TO_STOP
        for child in list(self._running):
            while os.waitpid(child, os.WNOHANG)[0] == 0:
                if time.monotonic() > until:
                    os.kill(child, signal.SIGKILL)
                    os.waitpid(child, 0)
                    break
                time.sleep(0.02)


def _certificates(
    tls: bool, certificate: Path | None, private_key: Path | None, client_ca: Path | None
) -> Certificates | None:
    if not tls:
        return None
    if certificate is None or private_key is None:
        raise click.UsageError("--tls needs --certificate and --private-key.")
    import ssl

    from schoolward.domains.alarms.receiver.configuration import Certificates

    try:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, private_key)
        if client_ca is not None:
            context.load_verify_locations(client_ca)
    except (ssl.SSLError, OSError) as error:
        raise click.UsageError(f"the certificate and its key cannot be used: {error}") from None
    return Certificates(certificate, private_key, client_ca)


def _address(text: str | None) -> tuple[str, int | None]:
    if text is None:
        return "127.0.0.1", None
    host, _colon, port = text.rpartition(":")
    if not port.isdigit() or int(port) > 65535:
        raise click.BadParameter(f"{text!r} is no PORT or HOST:PORT.", param_hint="--http")
    return host.strip("[]") or "127.0.0.1", int(port)


def _check_free(host: str, port: int, kind: int) -> None:
    """A port that another program has must be refused: sharing it would give that program half the frames."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, kind) as probe:
        if kind == socket.SOCK_STREAM:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(
                f"{host}:{port} cannot be listened on: {error.strerror}.", ExitCode.NOT_READY
            ) from None
