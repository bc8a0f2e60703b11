"""A small SMTP server for tests, on a real socket (RFC 5321: EHLO, MAIL, RCPT, DATA, RSET, QUIT)."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message


@dataclass
class Letter:
    """What was delivered: the envelope, and the message in it."""

    sender: str
    recipients: list[str]
    message: Message


@dataclass
class SmtpServer:
    """Takes every letter, or answers each sender with ``refuses``."""

    letters: list[Letter] = field(default_factory=list)
    refuses: str = ""
    port: int = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One client's session."""
        sender, recipients = "", list[str]()

        def say(line: str) -> None:
            writer.write(f"{line}\r\n".encode())

        say("220 a test's server")
        while line := (await reader.readline()).decode().strip():
            verb = line.upper()
            if verb.startswith(("EHLO", "HELO")):
                say("250 at your service")
            elif verb.startswith("MAIL FROM:"):
                sender = line[10:].split(">")[0].strip(" <")
                say(self.refuses or "250 ok")
            elif verb.startswith("RCPT TO:"):
                recipients.append(line[8:].split(">")[0].strip(" <"))
                say("250 ok")
            elif verb == "DATA":
                say("354 go on")
                body = (await reader.readuntil(b"\r\n.\r\n"))[:-3].replace(b"\r\n..", b"\r\n.")
                self.letters.append(Letter(sender, recipients, message_from_bytes(body)))
                sender, recipients = "", []
                say("250 taken")
            elif verb == "RSET":
                sender, recipients = "", []
                say("250 ok")
            elif verb == "QUIT":
                say("221 good-bye")
                break
            else:
                say("502 not known here")
        writer.close()


@contextmanager
def smtp_server() -> Iterator[SmtpServer]:
    """A server in a thread of its own, on a free port of this machine."""
    made, ready, ended = SmtpServer(), threading.Event(), asyncio.Event()
    loop = asyncio.new_event_loop()

    async def run() -> None:
        async with await asyncio.start_server(made.serve, "127.0.0.1", 0) as server:
            made.port = server.sockets[0].getsockname()[1]
            ready.set()
            await ended.wait()

    def in_thread() -> None:
        loop.run_until_complete(run())
        loop.close()

    thread = threading.Thread(target=in_thread, daemon=True)
    thread.start()
    assert ready.wait(10)
    yield made
    loop.call_soon_threadsafe(ended.set)
    thread.join(10)
    assert not thread.is_alive()
