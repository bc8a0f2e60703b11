"""The real server for the fault runs: views, database and folder of files, in a place of its own."""

from __future__ import annotations

import atexit
import base64
import json
import os
import shutil
import tempfile
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

from bench.assessments.kept_walk import KeptWalk

from schoolward.protocols.walk_journal import Entry

INSTRUMENT = """\
key: faults
version: "1"
title: A walk for fault runs
kind: cpted
valid_from: 2010-07-01
credit: Invented for a benchmark.
terms: {grounds: Grounds}
scales:
  - {key: condition, may_not_exist: true, may_be_unobserved: true,
     choices: [{value: 1, label: So}, {value: 0, label: Not so}]}
defaults: {scale: condition, fails_at: 0, weight: 1, severity: medium, trade: other}
sections:
  - key: gate
    title: The gate
    items:
      - {code: Q1, text: The first is so., recommendation: Mend the first.}
      - {code: Q2, text: The second is so., recommendation: Mend the second.}
"""


class RealServer:
    """The addresses of ``docs/reference/walk-journal.md`` as Schoolward has them, with two walks a run."""

    def __init__(self) -> None:
        """Make a database, an instrument and an assessor, all invented."""
        folder = Path(tempfile.mkdtemp(prefix="schoolward-faults-"))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        os.environ.pop("DATABASE_URL", None)
        os.environ.update(
            DJANGO_SETTINGS_MODULE="schoolward.config.settings", SCHOOLWARD_DATA_DIR=str(folder)
        )
        import django

        django.setup()
        import logging

        from django.conf import settings
        from django.core.management import call_command
        from django.test import Client
        from django.test.utils import setup_test_environment

        setup_test_environment()
        logging.disable(logging.WARNING)
        settings.SECOND_FACTOR_REQUIRED = False
        call_command("migrate", verbosity=0)

        from django.utils import timezone

        from schoolward.domains.assessments import actions
        from schoolward.platform.access.models import Account, Agency, Membership
        from schoolward.platform.access.viewer import Viewer

        self._now = timezone.now()
        self._by = Viewer.system(at=self._now, name="bench")
        content = INSTRUMENT.encode()
        self._version = actions.add_instrument(
            content=content, name="faults.yaml", by=self._by, at=self._now
        ).version
        self._account = Account.objects.create_user("assessor@example.org", name="Invented assessor")
        agency = Agency.objects.create(key="d", name="District", kind="district", created_at=self._now)
        Membership.objects.create(
            account=self._account, agency=agency, role="lead", valid_from=date(2010, 1, 1), all_sites=True
        )
        self._client = Client()
        self._client.force_login(self._account, backend="allauth.account.auth_backends.AuthenticationBackend")
        self._rows: dict[str, Any] = {}

    def begin(self) -> dict[str, Any]:
        """Two new walks: their names, and the paths that a device answers."""
        from schoolward.domains.assessments.models import Assessment, Walk
        from schoolward.domains.assessments.walk_journals import journal_of, name_of
        from schoolward.domains.places.models import Campus

        self._rows = {}
        for _ in range(2):
            key = uuid4().hex
            campus = Campus.objects.create(name=key, slug=key, address=key, address_key=key)
            assessment = Assessment.objects.create(
                reference=key,
                campus=campus,
                kind="cpted",
                state="walking",
                version=self._version,
                planned_on=self._now.date(),
                assessor_role="lead",
                assessor=self._account,
                invented=True,
            )
            row = Walk.objects.create(
                assessment=assessment,
                campus=campus,
                assessor=self._account,
                assessor_name=self._account.name,
                client_id=uuid4(),
                started_at=self._now,
            )
            self._rows[name_of(row)] = row
        places = journal_of(row).form.places.items()
        return {
            "walks": list(self._rows),
            "paths": {
                "set": [path for path, place in places if place.part == "note"],
                "note": [path for path, place in places if place.part == "note"],
                "photo": [path for path, place in places if place.part == "photo"],
            },
        }

    def answer(self, request: dict[str, Any]) -> dict[str, Any]:
        """One request, through everything that a request of a browser goes through."""
        name, _, rest = request["address"].lstrip("/").partition("/")
        address = f"/assessments/walks/{self._rows[name].pk}/journal/{rest}"
        if request["method"] == "PUT":
            body = base64.b64decode(request["bytes"])
            answer = self._client.put(address, body, content_type="image/gif")
        elif request["method"] == "GET":
            answer = self._client.get(address)
        else:
            answer = self._client.post(address, request["body"], content_type="application/json")
        return {"status": answer.status_code, "body": json.loads(answer.content)}

    @property
    def walks(self) -> dict[str, KeptWalk]:
        """What is stored of the walks of this run."""
        from schoolward.domains.assessments.models import WalkPhoto
        from schoolward.domains.assessments.walk_journals import entry_of
        from schoolward.platform.files.queries import open_file

        found = {}
        for name, row in self._rows.items():
            photos = {}
            for photo in WalkPhoto.objects.filter(walk=row).select_related("file"):
                with open_file(photo.file) as handle:
                    photos[photo.sha256] = handle.read()
            entries: list[Entry] = [entry_of(one, row) for one in row.entries.all()]
            found[name] = KeptWalk(entries, photos)
        return found

    def stored(self) -> set[tuple[str, str]]:
        """Id and hash of every entry."""
        rows = (row for walk in self._rows.values() for row in walk.entries.all())
        return {(str(row.pk), row.sha256) for row in rows}

    def restore(self, lost: int) -> None:
        """An older copy is put back: the newest entries of each walk are gone, with what they meant."""
        for walk in self._rows.values():
            newest = [row.pk for row in walk.entries.order_by("received_at", "strand", "sequence")][-lost:]
            # Of a strand only an end can be missing in a copy.
            for row in walk.entries.filter(pk__in=newest):
                later = walk.entries.filter(strand=row.strand, sequence__gte=row.sequence)
                gone = list(later.values_list("pk", flat=True))
                walk.photos.filter(client_id__in=gone).delete()
                walk.answers.filter(client_id__in=gone).delete()
                later.delete()

    def crossed_photos(self) -> int:
        """Photographs that stand at another walk, item or entry than the device said, or without one."""
        wrong = 0
        for walk in self._rows.values():
            from schoolward.domains.assessments.walk_journals import journal_of

            journal = journal_of(walk)
            named = {one.id: one.said for one in journal.entries if one.kind == "photo"}
            kept = {str(one.client_id): one for one in walk.photos.select_related("item")}
            wrong += len(named.keys() ^ kept.keys())
            for id in named.keys() & kept.keys():
                place = journal.form.places[named[id]["path"]]
                photo = kept[id]
                wrong += (photo.item.code, photo.sha256) != (place.code, named[id]["photo"])
        return wrong
