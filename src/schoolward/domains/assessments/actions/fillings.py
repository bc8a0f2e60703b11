"""Keeping filled forms: each whole, once, and unchanged."""

from __future__ import annotations

import hashlib
import io
from datetime import datetime

from django.db import transaction

from schoolward.domains.assessments.actions.recording import audit
from schoolward.domains.assessments.actions.refusals import FillingConflict, WalkClosed
from schoolward.domains.assessments.actions.walking import open_walk
from schoolward.domains.assessments.models import Filling, FillingFile, FillingWay
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.files.actions import MEGABYTE, plain_name, store_file
from schoolward.platform.files.store import Readable
from schoolward.protocols.xforms.session import Session, write_submission

LARGEST_FORM = 4 * MEGABYTE
LARGEST_FILE = 25 * MEGABYTE


@transaction.atomic
def keep_filling(
    *,
    walk_id: int,
    session: Session,
    by: Viewer,
    at: datetime,
    way: str = FillingWay.PAGE,
    xml: bytes | None = None,
) -> Filling:
    """Keep the filled form of the own walk; the same one again changes nothing.

    ``session`` is the finished form, ``xml`` its text as it came, where it came as text. Answers, notes and
    photographs of items are not read out of it here. Raises ``FillingConflict`` where the walk has another
    one or its number stands for another content, ``WalkClosed`` after the walk was submitted.
    """
    walk = open_walk(walk_id, by=by)
    content = write_submission(session) if xml is None else xml
    sha256 = hashlib.sha256(content).hexdigest()
    root = session.program.layout.names[0]
    instance_id = session.find(f"/{root}/meta/instanceID").value
    known = Filling.objects.filter(instance_id=instance_id).first()
    if known is not None:
        if (known.walk_id, known.sha256) != (walk.pk, sha256):
            raise FillingConflict
        return known
    if walk.submitted_at is not None:
        raise WalkClosed
    if Filling.objects.filter(walk=walk).exists():
        raise FillingConflict
    stored = store_file(io.BytesIO(content), name=f"walk-{walk.pk}.xml", by=by, at=by.at, limit=LARGEST_FORM)
    filling = Filling.objects.create(
        walk=walk,
        instance_id=instance_id,
        file=stored,
        sha256=sha256,
        way=way,
        received_at=at,
        by_name=by.account_name,
    )
    audit("assessments.form_kept", walk, by=by, filling=filling.pk, way=str(way), sha256=sha256)
    return filling


@transaction.atomic
def keep_filling_file(
    *,
    filling: Filling,
    name: str,
    stream: Readable,
    by: Viewer,
    at: datetime,
    allowed: frozenset[str] | None = None,
) -> FillingFile:
    """Keep a file that the filled form names; the same one again changes nothing.

    Raises ``FileTooLarge``, ``FileTypeRefused``, ``FillingConflict`` where another content bears the name,
    and ``WalkClosed`` for a new file after the walk was submitted.
    """
    walk = open_walk(filling.walk_id, by=by)
    stored = store_file(stream, name=plain_name(name), by=by, at=by.at, limit=LARGEST_FILE, allowed=allowed)
    known = FillingFile.objects.filter(filling=filling, name=name).first()
    if known is not None:
        if known.sha256 != stored.sha256:
            raise FillingConflict
        return known
    if walk.submitted_at is not None:
        raise WalkClosed
    kept = FillingFile.objects.create(
        filling=filling, name=name, file=stored, sha256=stored.sha256, received_at=at
    )
    audit("assessments.form_file_kept", walk, by=by, filling=filling.pk, sha256=stored.sha256)
    return kept
