"""Keeping the files of a published edition, so that their checksums hold for good."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import datetime

from schoolward.platform.access.viewer import Viewer
from schoolward.platform.files.actions import store_file
from schoolward.reports.models import Edition, EditionFile
from schoolward.reports.queries import Contents, contents
from schoolward.reports.rendering import render_contents


def keep_published(edition: Edition, *, by: Viewer, at: datetime) -> None:
    """Set the edition as it is published and keep its files. Raises ``CannotPrint``."""
    _keep(contents(edition), by=by, at=at)


def keep_annotated(edition: Edition, *, by: Viewer, at: datetime) -> None:
    """Set the published edition once more, with its corrections and minutes, as the next annotated copy.

    The files as published stay as they are. Raises ``CannotPrint``.
    """
    last = edition.files.order_by("-copy").first()
    copy = (last.copy if last else 0) + 1
    _keep(
        replace(contents(edition), corrections=tuple(edition.corrections.select_related("cell")), copy=copy),
        by=by,
        at=at,
    )


def _keep(found: Contents, *, by: Viewer, at: datetime) -> None:
    for name, content in render_contents(found).files.items():
        stored = store_file(io.BytesIO(content), name=name, by=by, at=at)
        EditionFile.objects.create(
            edition=found.edition,
            copy=found.copy,
            kind=name.rpartition(".")[2],
            name=name,
            stored=stored,
        )
