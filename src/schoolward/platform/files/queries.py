"""Reading kept files back."""

from __future__ import annotations

from typing import BinaryIO

from django.http import FileResponse

from schoolward.platform.files import store
from schoolward.platform.files.models import StoredFile
from schoolward.platform.files.sniffing import OCTETS

SHOWN_IN_PLACE = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf"})


def open_file(stored: StoredFile) -> BinaryIO:
    """Open a kept file for reading. Raises ``FileNotFoundError`` when the folder has lost it."""
    return store.open_kept(stored.sha256)


def response(stored: StoredFile, *, name: str) -> FileResponse:
    """Answer a request with a kept file. The caller has already judged that the viewer may see it.

    Only pictures and PDF open in the browser. Everything else, markup above all, is a download that no
    browser runs.
    """
    in_place = stored.media_type in SHOWN_IN_PLACE
    answer = FileResponse(
        open_file(stored),
        as_attachment=not in_place,
        filename=name,
        content_type=stored.media_type if in_place else OCTETS,
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cache-Control"] = "private, no-store"
    return answer
