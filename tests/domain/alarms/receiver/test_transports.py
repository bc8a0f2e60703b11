"""UDP, IPv6, TLS, many connections that say nothing, and the little HTTP."""

from __future__ import annotations

import datetime as dt
import ipaddress
import socket
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from tests.domain.alarms.receiver.in_hand import KEY, Installation, PanelClient, event, eventually, kind_of

from schoolward.domains.alarms.journal import Way
from schoolward.domains.alarms.receiver import connections as sockets
from schoolward.domains.alarms.receiver.configuration import Certificates

Connect = Callable[..., PanelClient]


def test_udp(installation: Installation, connect: Connect) -> None:
    installation.add_system("1234", key=KEY)
    receiver = installation.start(udp=(0,))
    panel = connect(receiver.ports["udp"], kind=socket.SOCK_DGRAM)
    for number in (1, 2):
        assert kind_of(panel.ask(event("1234", number, key=KEY))) == "ACK"
    panel.send(event("1234", 3, key=KEY) + event("1234", 4, key=KEY))
    assert [kind_of(answer) for answer in panel.answers(2)] == ["ACK", "ACK"]
    panel.send(b"")
    panel.send(b"\xff" * 2000)
    assert [record.way for record in installation.records()] == [Way.UDP] * 4


@pytest.mark.parametrize("kind", [socket.SOCK_STREAM, socket.SOCK_DGRAM])
def test_ipv6(installation: Installation, connect: Connect, kind: int) -> None:
    installation.add_system("1234")
    receiver = installation.start(host="::1", tcp=(0,), udp=(0,))
    panel = connect(receiver.ports["tcp" if kind == socket.SOCK_STREAM else "udp"], "::1", kind)
    assert kind_of(panel.ask(event("1234", 1))) == "ACK"
    assert installation.records()[0].address == "::1"


@pytest.mark.parametrize("kind", [socket.SOCK_STREAM, socket.SOCK_DGRAM])
def test_every_address_is_that_of_both_families(
    installation: Installation, connect: Connect, kind: int
) -> None:
    installation.add_system("1234")
    receiver = installation.start(host="::", tcp=(0,), udp=(0,))
    port = receiver.ports["tcp" if kind == socket.SOCK_STREAM else "udp"]
    for number, host in enumerate(("::1", "127.0.0.1"), start=1):
        assert kind_of(connect(port, host, kind).ask(event("1234", number))) == "ACK"
    assert [record.address for record in installation.records()] == ["::1", "127.0.0.1"]


def make_certificates(folder: Path) -> Path:
    """An authority, a receiver's certificate and a panel's, as PEM files."""
    now = dt.datetime.now(dt.UTC)
    authority_key = ec.generate_private_key(ec.SECP256R1())
    authority = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Invented authority")])

    def write(name: str, key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate) -> None:
        (folder / f"{name}.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
        (folder / f"{name}.key").write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )

    def issue(subject: x509.Name, key: ec.EllipticCurvePrivateKey, *, is_authority: bool) -> x509.Certificate:
        made = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(authority)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - dt.timedelta(hours=1))
            .not_valid_after(now + dt.timedelta(hours=1))
            .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key()),
                critical=False,
            )
        )
        if is_authority:
            usage = x509.KeyUsage(
                digital_signature=True, content_commitment=False, key_encipherment=False,
                data_encipherment=False, key_agreement=False, key_cert_sign=True, crl_sign=True,
                encipher_only=False, decipher_only=False,
            )  # fmt: skip
            made = made.add_extension(usage, critical=True)
        else:
            made = made.add_extension(
                x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]),
                critical=False,
            ).add_extension(
                x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH]),
                critical=False,
            )
        return made.sign(authority_key, hashes.SHA256())

    write("authority", authority_key, issue(authority, authority_key, is_authority=True))
    for name in ("receiver", "panel"):
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"Invented {name}")])
        write(name, key, issue(subject, key, is_authority=False))
    return folder


def ask_over_tls(plain: socket.socket, context: ssl.SSLContext, frame: bytes) -> bytes:
    """Send a frame, and return the answer; empty where the receiver ends the connection instead."""
    try:
        with context.wrap_socket(plain, server_hostname="127.0.0.1") as link:
            link.sendall(frame)
            return link.recv(1000)
    except (ssl.SSLError, ConnectionError):
        return b""


def test_tls_and_panels_with_certificates(installation: Installation, tmp_path: Path) -> None:
    installation.add_system("1234", key=KEY)
    pem = make_certificates(tmp_path)
    receiver = installation.start(
        tls=(0,),
        certificates=Certificates(pem / "receiver.pem", pem / "receiver.key", pem / "authority.pem"),
    )
    context = ssl.create_default_context(cafile=str(pem / "authority.pem"))
    with socket.create_connection(("127.0.0.1", receiver.ports["tls"]), timeout=5) as plain:
        assert ask_over_tls(plain, context, event("1234", 1, key=KEY)) == b""  # no certificate of its own
    context.load_cert_chain(pem / "panel.pem", pem / "panel.key")
    with (
        socket.create_connection(("127.0.0.1", receiver.ports["tls"]), timeout=5) as plain,
        context.wrap_socket(plain, server_hostname="127.0.0.1") as link,
    ):
        panel = PanelClient(link)
        assert kind_of(panel.ask(event("1234", 2, key=KEY))) == "ACK"
    assert [record.way for record in installation.records()] == [Way.TLS]


def test_hundreds_of_sockets_that_end_no_frame_keep_nobody_out(
    installation: Installation, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sockets, "SECONDS_FOR_A_FRAME", 1.0)
    monkeypatch.setattr("schoolward.domains.alarms.receiver.running.SECONDS_BETWEEN_SWEEPS", 0.2)
    installation.add_system("1234")
    receiver = installation.start(most_connections=200)
    slow = [connect(receiver.ports["tcp"]) for _ in range(300)]
    for panel in slow[100:]:
        panel.send(b"\n12")
    honest = connect(receiver.ports["tcp"])
    assert kind_of(honest.ask(event("1234", 1))) == "ACK"
    assert receiver.process.status.connections <= 200
    until = time.monotonic() + 3
    while time.monotonic() < until and receiver.process.status.connections > 1:
        for panel in slow[100:]:  # byte by byte, so that they are never idle
            try:
                panel.send(b"3")
            except ConnectionError:
                continue
        time.sleep(0.1)
    assert receiver.process.status.connections == 1
    assert kind_of(honest.ask(event("1234", 2))) == "ACK"


def test_a_flood_of_junk_is_cut(installation: Installation, connect: Connect) -> None:
    receiver = installation.start()
    panel = connect(receiver.ports["tcp"])
    try:
        for _ in range(100):
            panel.send(b"INVITE sip:100@example.invalid SIP/2.0\r\n" * 50)
    except ConnectionError:
        pass
    assert panel.is_closed()
    assert receiver.process.status.connections_cut == 1


def get(port: int, path: str) -> tuple[int, str]:
    """Ask the receiver's HTTP."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


def test_health_and_metrics(installation: Installation, connect: Connect) -> None:
    installation.add_system("1234", supervision=60)
    receiver = installation.start(tcp=(0,), http_port=0)
    panel = connect(receiver.ports["tcp"])
    panel.ask(event("1234", 1))
    panel.ask(event("BEEF", 1))
    port = receiver.ports["http"]
    assert get(port, "/healthz") == (200, "ok\n")
    assert get(port, "/elsewhere")[0] == 404
    eventually(lambda: receiver.process.status.stored >= 3)
    code, text = get(port, "/metrics")
    assert code == 200
    for line in (
        'schoolward_alarm_frames_total{receiver="test",result="accepted"} 1.0',
        'schoolward_alarm_frames_total{receiver="test",result="unknown_account"} 1.0',
        'schoolward_alarm_records_stored_total{receiver="test"} 3.0',
        'schoolward_alarm_queue_depth{receiver="test"} 0.0',
        'schoolward_alarm_supervised{receiver="test"} 1.0',
        'schoolward_alarm_acknowledgement_seconds_count{receiver="test"} 3.0',
    ):
        assert line in text.splitlines()
    receiver.process.status.down_since = time.time()
    assert get(port, "/healthz")[0] == 503
    receiver.process.status.down_since = 0.0
