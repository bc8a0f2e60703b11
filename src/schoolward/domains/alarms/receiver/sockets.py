"""What listening takes of the machine: ports, certificates, open files, and a quiet memory collector."""

from __future__ import annotations

import gc
import os
import resource
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from schoolward.domains.alarms.receiver.configuration import Certificates

EVERYWHERE = frozenset({"::", "::0"})


class CannotListen(Exception):
    """An address cannot be listened on; its text is a sentence."""


@contextmanager
def told_of(host: str, port: int) -> Iterator[None]:
    """Turn an address that cannot be bound into a sentence."""
    try:
        yield
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else str(error)
        raise CannotListen(f"{shown_address((host, port))} cannot be listened on: {reason}") from None


def bound(host: str, port: int, kind: int, *, shares: bool) -> socket.socket | None:
    """A socket for every address of IPv6 and of IPv4, where that is meant: ``::``. ``None`` for any other
    host, which asyncio binds itself; it would bind ``::`` to IPv6 alone.
    """
    if host not in EVERYWHERE or not socket.has_dualstack_ipv6():
        return None
    made = socket.socket(socket.AF_INET6, kind)
    try:
        if kind == socket.SOCK_STREAM:
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if shares:
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        made.bind((host, port))
        made.setblocking(False)
    except OSError:
        made.close()
        raise
    return made


def tls_context(files: Certificates) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(files.certificate, files.private_key)
    if files.client_ca is not None:
        context.load_verify_locations(files.client_ca)
        context.verify_mode = ssl.CERT_REQUIRED
    return context


def shown_address(address: tuple[object, ...]) -> str:
    host, port = str(address[0]), address[1]
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def collect_seldom() -> None:
    """Frames make no circles, and to look for some among all that is loaded takes half of a frame's time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def raise_limit_of_files() -> None:
    """A connection is a file, and the usual soft limit is a thousand."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
