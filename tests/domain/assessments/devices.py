"""A device as the tests play it: it keeps a journal of its own and sends what it likes of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.test import Client

from schoolward.domains.assessments.models import Walk
from schoolward.domains.assessments.walk_journals import journal_of, name_of
from schoolward.protocols.walk_journal import entry_hash

MOMENT = "2012-09-06T12:00:00-07:00"


@dataclass
class Device:
    """One strand of a walk's journal."""

    walk: Walk
    client: Client
    strand: str = field(default_factory=lambda: str(uuid4()))
    entries: list[dict[str, Any]] = field(default_factory=list)

    @property
    def address(self) -> str:
        """Where the journal of the walk is."""
        return f"/assessments/walks/{self.walk.pk}/journal/"

    def path(self, code: str, part: str = "rating", number: int = 1) -> str:
        """The path of a part of an item in the walk's form."""
        return journal_of(self.walk).paths[code, part, number]

    def write(self, kind: str, moment: str = MOMENT, **payload: Any) -> dict[str, Any]:
        """Keep an entry."""
        said = {
            "id": str(uuid4()),
            "walk": name_of(self.walk),
            "strand": self.strand,
            "sequence": len(self.entries) + 1,
            "moment": moment,
            "kind": kind,
            "payload": json.dumps(payload),
        }
        self.entries.append({**said, "sha256": entry_hash(said)})
        return self.entries[-1]

    def answer(self, code: str, value: str, part: str = "rating", **more: Any) -> dict[str, Any]:
        """Answer a part of an item."""
        return self.write("set", path=self.path(code, part), value=value, **more)

    def photo(self, code: str, content: bytes, number: int = 1) -> dict[str, Any]:
        """Name a photograph that is put by itself."""
        digest = hashlib.sha256(content).hexdigest()
        said = {"photo": digest, "type": "image/png", "bytes": len(content), "name": f"{digest}.png"}
        return self.write("photo", path=self.path(code, "photo", number), **said)

    def put(self, content: bytes, digest: str | None = None) -> HttpResponse:
        """Put a photograph under its hash, or under another."""
        name = digest or hashlib.sha256(content).hexdigest()
        answer: Any = self.client.put(f"{self.address}photo/{name}", content, content_type="image/png")
        return answer

    def post(self, entries: Sequence[dict[str, Any]] | None = None, sent: str = MOMENT) -> HttpResponse:
        """Send entries, all where none are named."""
        body = {"sent": sent, "entries": list(self.entries if entries is None else entries)}
        answer: Any = self.client.post(self.address, json.dumps(body), content_type="application/json")
        return answer

    def send(self, entries: Sequence[dict[str, Any]] | None = None, sent: str = MOMENT) -> dict[str, Any]:
        """Send entries and read the answer."""
        answer = self.post(entries, sent)
        assert answer.status_code == 200, answer.content
        told: dict[str, Any] = json.loads(answer.content)
        return told

    def resume(self, after: int = 0) -> dict[str, Any]:
        """Ask where the strand goes on."""
        told: dict[str, Any] = self.client.get(self.address, {"strand": self.strand, "after": after}).json()
        return told
