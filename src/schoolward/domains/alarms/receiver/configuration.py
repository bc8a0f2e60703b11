"""What a receiver is told at its start. It reads no settings afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from schoolward.domains.alarms.receiver.accounts import MAIN
from schoolward.domains.alarms.receiver.storing import DatabaseAddress

#: 0.0 to 1.0 of a queue: reading stops at all of it, and goes on at half.
MOST_WAITING = 20_000
MOST_CONNECTIONS = 10_000


@dataclass(frozen=True, slots=True)
class Certificates:
    """Files for TLS."""

    certificate: Path
    private_key: Path
    client_ca: Path | None = None
    """Where given, a panel must show a certificate of this authority."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuration:
    """One receiver."""

    name: str
    database: DatabaseAddress
    folder: Path
    """Where the spool lies."""
    secret: str
    host: str = "127.0.0.1"
    tcp: tuple[int, ...] = ()
    udp: tuple[int, ...] = ()
    tls: tuple[int, ...] = ()
    certificates: Certificates | None = None
    line: str = MAIN
    http_host: str = "127.0.0.1"
    http_port: int | None = None
    shares_ports: bool = False
    """Whether others in this machine listen on the same ports (SO_REUSEPORT)."""
    most_waiting: int = MOST_WAITING
    most_connections: int = MOST_CONNECTIONS
