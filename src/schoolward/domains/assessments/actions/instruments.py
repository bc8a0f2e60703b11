"""Bringing instruments in: the file is kept as it is, its items become rows."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from schoolward.domains.assessments.actions.recording import audit
from schoolward.domains.assessments.actions.refusals import AssessmentRefused
from schoolward.domains.assessments.models import Instrument, InstrumentItem, InstrumentVersion
from schoolward.domains.assessments.reading_files import (
    SHIPPED,
    InstrumentProblem,
    check_usable,
    kind_of_file,
    read_form,
    whole_form,
)
from schoolward.platform.access.permissions import check
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.files.actions import MEGABYTE, plain_name, store_file

LARGEST = 4 * MEGABYTE


@dataclass(frozen=True)
class Added:
    """What became of a file: the version, and whether it is new."""

    version: InstrumentVersion
    is_new: bool


@transaction.atomic
def add_instrument(*, content: bytes, name: str, by: Viewer, at: datetime) -> Added:
    """Bring in a version of an instrument. The same file again changes nothing.

    Of a ZIP file of a form and the files that it reads, one form with all of them inside is kept.
    A version that another one of the same instrument follows ends on the day before. Raises
    ``AssessmentRefused`` for a file that cannot be used, with place and mend, and for a version that is there
    with another content: what was used is never changed.
    """
    check(by, "assessments.instruments")
    try:
        content, name = whole_form(content, name)
    except InstrumentProblem as problem:
        raise AssessmentRefused(str(problem), field="file") from problem
    sha256 = hashlib.sha256(content).hexdigest()
    kind = kind_of_file(content)
    try:
        form = read_form(content, name=plain_name(name), kind=kind, valid_from=timezone.localdate(at))
    except InstrumentProblem as problem:
        raise AssessmentRefused(str(problem), field="file") from problem
    known = InstrumentVersion.objects.filter(instrument__key=form.key, version=form.version).first()
    if known is not None:
        if known.sha256 == sha256:
            return Added(known, False)
        raise AssessmentRefused(
            _(
                "%(name)s: version %(version)s of %(key)s is there with another content. Give what you "
                "changed a new version and the day from which it holds."
            )
            % {"name": plain_name(name), "version": form.version, "key": form.key},
            field="file",
        )
    if kind != "yaml":
        _check_usable(content, name)
    stored = store_file(io.BytesIO(content), name=name, by=by, at=at, limit=LARGEST)
    instrument, _made = Instrument.objects.get_or_create(
        key=form.key, defaults={"title": form.title, "kind": form.kind}
    )
    if instrument.kind != form.kind:
        raise AssessmentRefused(
            _("%(name)s: kind is %(kind)s, while %(key)s is of the kind %(known)s. Give it another key.")
            % {
                "name": plain_name(name),
                "kind": form.kind,
                "key": form.key,
                "known": instrument.kind,
            },
            field="file",
        )
    version = InstrumentVersion.objects.create(
        instrument=instrument,
        version=form.version,
        title=form.title,
        credit=form.credit,
        format=kind,
        file=stored,
        file_name=plain_name(name),
        sha256=sha256,
        valid_from=form.valid_from,
        valid_to=form.valid_to,
        added_at=at,
        added_by_name=by.account_name,
    )
    InstrumentItem.objects.bulk_create(
        InstrumentItem(
            version=version,
            code=item.code,
            position=position,
            section=item.section,
            text=item.text,
            severity=item.severity,
            trade=item.trade,
        )
        for position, item in enumerate(form.items, start=1)
    )
    _end_the_one_before(version)
    newest = instrument.versions.order_by("-valid_from", "-pk").first()
    if newest == version and instrument.title != version.title:
        instrument.title = version.title
        instrument.save(update_fields=["title"])
    audit(
        "assessments.instrument_added",
        version,
        by=by,
        key=form.key,
        version=form.version,
        items=len(form.items),
        sha256=sha256,
    )
    return Added(version, True)


def _check_usable(content: bytes, name: str) -> None:
    """A version never changes, so one that nobody can fill must not come in."""
    try:
        check_usable(content, name=plain_name(name))
    except InstrumentProblem as problem:
        raise AssessmentRefused(str(problem), field="file") from problem


def _end_the_one_before(version: InstrumentVersion) -> None:
    earlier = InstrumentVersion.objects.filter(
        instrument_id=version.instrument_id, valid_from__lt=version.valid_from, valid_to__isnull=True
    )
    earlier.update(valid_to=version.valid_from - timedelta(days=1))


def load_shipped(*, by: Viewer, at: datetime) -> list[Added]:
    """Bring in the instruments that come with the product. Those that are there stay as they are."""
    return [add_instrument(content=path.read_bytes(), name=path.name, by=by, at=at) for path in SHIPPED]
