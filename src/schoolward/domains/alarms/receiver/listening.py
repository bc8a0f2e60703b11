"""Where a receiver listens: TCP, TLS and UDP for panels, HTTP for whoever watches over it."""

from __future__ import annotations

import asyncio
import socket

from schoolward.domains.alarms.journal import Way
from schoolward.domains.alarms.receiver.configuration import Configuration
from schoolward.domains.alarms.receiver.connections import Connections, Datagrams, connection_factory
from schoolward.domains.alarms.receiver.receiving import Receiver
from schoolward.domains.alarms.receiver.sockets import bound, shown_address, tls_context, told_of
from schoolward.domains.alarms.receiver.status import Status

BACKLOG = 1024
Listening = asyncio.AbstractServer | asyncio.BaseTransport


async def listen(
    configuration: Configuration,
    receiver: Receiver,
    connections: Connections,
    status: Status,
    listening: list[Listening],
) -> list[str]:
    """Listen everywhere, and say where. Each listener is added to ``listening`` as soon as there is one.

    Raises ``CannotListen``.
    """
    loop = asyncio.get_running_loop()
    shares = configuration.shares_ports or None
    host = configuration.host
    places: list[str] = []
    context = tls_context(configuration.certificates) if configuration.certificates else None
    wanted = [(port, Way.TCP) for port in configuration.tcp] + [(port, Way.TLS) for port in configuration.tls]
    for port, way in wanted:
        with told_of(host, port):
            factory = connection_factory(connections, way)
            tls = context if way is Way.TLS else None
            both = bound(host, port, socket.SOCK_STREAM, shares=bool(shares))
            if both is not None:
                server = await loop.create_server(factory, sock=both, ssl=tls, backlog=BACKLOG)
            else:
                server = await loop.create_server(
                    factory, host, port, ssl=tls, reuse_port=shares, backlog=BACKLOG
                )
        listening.append(server)
        places.append(f"{way.name.lower()} {shown_address(server.sockets[0].getsockname())}")
    for port in configuration.udp:
        with told_of(host, port):
            both = bound(host, port, socket.SOCK_DGRAM, shares=bool(shares))
            transport, _ = await loop.create_datagram_endpoint(
                lambda: Datagrams(receiver, connections),
                local_addr=(host, port) if both is None else None,
                sock=both,
                reuse_port=shares if both is None else None,
            )
        listening.append(transport)
        places.append(f"udp {shown_address(transport.get_extra_info('sockname'))}")
    if configuration.http_port is not None:
        # Only here, because the metrics' library takes a tenth of the time in which a receiver starts.
        from schoolward.domains.alarms.receiver.http import HealthAndMetrics

        with told_of(configuration.http_host, configuration.http_port):
            server = await loop.create_server(
                lambda: HealthAndMetrics(status, receiver, configuration.name),
                configuration.http_host,
                configuration.http_port,
            )
        listening.append(server)
        places.append(f"http {shown_address(server.sockets[0].getsockname())}")
    return places
