"""``schoolward alarms receive``."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from schoolward.cli import installation
from schoolward.cli.outcome import CommandError, ExitCode
from schoolward.cli.terminal import say

if TYPE_CHECKING:
    from schoolward.domains.alarms.receiver.configuration import Certificates, Configuration
    from schoolward.domains.alarms.receiver.storing import DatabaseAddress

DEFAULT_PORT = 10500
_PORT = click.IntRange(0, 65535)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(
    epilog="\b\nExamples:\n"
    "  schoolward alarms receive --host 0.0.0.0 --tcp 10500 --udp 10500\n"
    "  schoolward alarms receive --host :: --tls 10501 --certificate tls.pem --private-key tls.key\n"
    "  schoolward alarms receive --tcp 10500 --workers 2 --http 9109\n"
    "\b\nDocumentation for installers of panels: docs/how-to/receive-alarms.md.",
)
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="Address to listen on; :: for IPv6 and IPv4."
)
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
@click.option("--no-builder", is_flag=True, help="Leave the making of cases to another process or machine.")
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
    no_builder: bool,
    http: str | None,
) -> None:
    """Receive panels' frames, and acknowledge each when it is durable. Ctrl-C or SIGTERM ends it in order.

    It goes on while the web application is down, and waits for a database that does not answer. Beside it a
    process makes signals and cases of what was received; it is started again whenever it dies, and nothing of
    it touches what is acknowledged. On SIGTERM it listens no more, stores and acknowledges what it has
    received, makes cases of it, and ends.
    """
    if not (tcp or udp or tls):
        tcp = udp = (DEFAULT_PORT,)
    http_host, http_port = _address(http)
    certificates = _certificates(bool(tls), certificate, private_key, client_ca)
    if workers > 1 and 0 in (*tcp, *udp, *tls):
        raise click.UsageError("several workers need a port by its number: 0 would give each its own.")
    database = _find_database(line)
    from django.conf import settings

    from schoolward.domains.alarms.receiver.configuration import Configuration

    base = name or socket.gethostname().partition(".")[0]
    if not 0 < len(base) <= 35 or not base.replace("-", "").replace("_", "").isalnum():
        raise click.BadParameter("must be up to 35 letters, digits, - or _.", param_hint="--name")
    configuration = Configuration(
        name=base if name and workers == 1 else f"{base}-1",
        database=database,
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
    if workers == 1 and no_builder:
        _receive(configuration)
        return
    if workers > 1:
        for kind, ports in ((socket.SOCK_STREAM, (*tcp, *tls)), (socket.SOCK_DGRAM, udp)):
            for port in ports:
                _check_free(host, port, kind)
    configurations = [configuration] if workers == 1 else list(_of_workers(configuration, base, workers))
    _keep(configurations, builds=not no_builder)


def _find_database(line: str) -> DatabaseAddress:
    """Where the database is. One that does not answer is waited for: panels must find a listener.

    A receiver reads the settings and no models: it must listen again within a moment of its death. Only where
    the tables are not those of this version is everything read, to make them or to say what is wrong.
    """
    installation.read_settings()
    from django.conf import settings

    from schoolward.domains.alarms.receiver.storing import DatabaseAddress, StoreDown, StoreTables, open_store

    address = DatabaseAddress.of_settings(settings.DATABASES["default"])
    if address.path and not Path(address.path).exists():
        _start_wholly()
    try:
        with closing(open_store(address)) as store:
            try:
                is_of_this_version = installation.has_own_tables(store.migrations())
            except StoreTables:
                is_of_this_version = False
            if not is_of_this_version:
                _start_wholly()
            _warn_of_unknown(line, sorted(row.name for row in store.lines()))
    except StoreDown as error:
        say(f"warning: the database does not answer, and is tried again: {str(error).splitlines()[0]}")
    return address


def _start_wholly() -> None:
    """Make the tables, or say why not. Raises :class:`CommandError`."""
    installation.start()
    from django.db import connection

    # The receiver has connections of its own, and a connection must not be shared with a child.
    connection.close()


def _warn_of_unknown(line: str, known: list[str]) -> None:
    """A line that nobody entered is listened on all the same, because nothing may be lost; but it is said."""
    if line not in known and (known or line != "main"):
        there = ", ".join(known) or "none yet"
        say(
            f"warning: no line is named {line} (there are: {there}). Every account on it is unknown: what it "
            "sends is kept and becomes work. Correct --line, or enter the line."
        )


def _of_workers(configuration: Configuration, base: str, workers: int) -> Iterator[Configuration]:
    for number in range(1, workers + 1):
        port = configuration.http_port
        yield replace(
            configuration, name=f"{base}-{number}", http_port=None if port is None else port + number - 1
        )


def _keep(configurations: list[Configuration], *, builds: bool) -> None:
    """Keep receivers running, and the case builder with them. Raises :class:`CommandError`."""
    from schoolward.cli.alarm_builder import build_beside
    from schoolward.cli.children import FOR_EVER, Care, Child, Fork
    from schoolward.cli.supervise import Supervisor

    care = Care(good_run=10.0, given_up_at={int(ExitCode.NOT_READY)})
    children: list[Child] = [
        Fork(name=f"receiver {each.name}", care=care, work=partial(_receive, each)) for each in configurations
    ]
    if builds:
        # After the receivers, so that what they stored last is read as well.
        children.append(Fork(name="case builder", care=FOR_EVER, work=build_beside, ends_last=True))
    Supervisor(children).run()


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
    from schoolward.cli.supervise import port_trouble

    error = port_trouble(host, port, kind)
    if error is not None:
        raise CommandError(f"{host}:{port} cannot be listened on: {error.strerror}.", ExitCode.NOT_READY)
