"""A client that does as ODK Collect does: challenged first, HEAD before POST, several posts of one form."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from defusedxml.ElementTree import fromstring

from schoolward.protocols.xforms.compiling import compile_form
from schoolward.protocols.xforms.reading import read_form
from schoolward.protocols.xforms.session import Program, Session, Sources, write_submission

LIST = "{http://openrosa.org/xforms/xformsList}"
RESPONSE = "{http://openrosa.org/http/response}"


@dataclass
class Answered:
    """What the server answered."""

    status: int
    headers: dict[str, str]
    content: bytes

    @property
    def message(self) -> str:
        """What the person reads."""
        return fromstring(self.content).findtext(f"{RESPONSE}message") or ""


@dataclass
class Collect:
    """One device. It sends its password only after the server has asked for it."""

    server: str
    address: str
    token: str
    asked: list[tuple[str, str, int]] = field(default_factory=list)
    """Method, path and status of every request."""

    def ask(
        self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> Answered:
        first = self._ask(method, path, body, headers or {})
        if first.status != 401 or not first.headers.get("www-authenticate", "").startswith("Basic "):
            return first
        told = base64.b64encode(f"{self.address}:{self.token}".encode()).decode()
        return self._ask(method, path, body, {**(headers or {}), "Authorization": f"Basic {told}"})

    def _ask(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Answered:
        place = urlsplit(self.server)
        connection = HTTPConnection(place.hostname or "", place.port, timeout=120)
        try:
            connection.request(method, urlsplit(path).path, body, {"X-OpenRosa-Version": "1.0", **headers})
            response = connection.getresponse()
            told = {name.lower(): value for name, value in response.getheaders()}
            answered = Answered(response.status, told, response.read())
        finally:
            connection.close()
        self.asked.append((method, path, answered.status))
        return answered

    def forms(self) -> list[dict[str, str]]:
        """The list of forms, each as its elements."""
        root = fromstring(self.ask("GET", "/openrosa/formList").content)
        return [{part.tag.removeprefix(LIST): part.text or "" for part in form} for form in root]

    def blank(self, form: dict[str, str], at: Any) -> Session:
        """A form fetched, and begun as a device begins it."""
        fetched = self.ask("GET", form["downloadUrl"]).content
        return Session(Program(compile_form(read_form(fetched))), Sources(at))

    def send(
        self, xml: bytes, files: dict[str, bytes] | None = None, *, more_follow: bool = False
    ) -> Answered:
        """Hand a filled form in: HEAD, then the form with some of its files."""
        self.ask("HEAD", "/openrosa/submission")
        parts = [_part("xml_submission_file", xml, "form.xml", "text/xml")]
        parts += [_part(name, content, name, "image/png") for name, content in (files or {}).items()]
        if more_follow:
            parts.append(_part("*isIncomplete*", b"yes"))
        boundary = uuid4().hex
        body = (
            b"".join(f"--{boundary}\r\n".encode() + part for part in parts) + f"--{boundary}--\r\n".encode()
        )
        told = {"Content-Type": f"multipart/form-data; boundary={boundary}"}
        return self.ask("POST", "/openrosa/submission", body, told)


def filled(session: Session, answers: dict[str, str]) -> bytes:
    """A form with these answers, by path, as it is sent."""
    for path, value in answers.items():
        session.set(path, value)
    session.finish()
    return write_submission(session)


def _part(name: str, content: bytes, file_name: str = "", media_type: str = "text/plain") -> bytes:
    named = f'; filename="{file_name}"' if file_name else ""
    head = f'Content-Disposition: form-data; name="{name}"{named}\r\nContent-Type: {media_type}\r\n\r\n'
    return head.encode() + content + b"\r\n"
