"""Uploads that must never touch the disk.

Django writes an uploaded file of more than 2.5 MB to a temporary file. A file of children's addresses must
not lie there, not even for the length of a request: a view that takes one reads it with this handler alone::

    @csrf_exempt  # reading the token parses the upload; the view below checks it once the handler is set
    @requires("…")
    def take(request):
        return only_in_memory(request, _take, most=MOST_BYTES)

    @csrf_protect
    def _take(request): …
"""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest, HttpResponse

#: In ``request.META`` where a file was longer than allowed and is not there for it.
TOO_LONG = "schoolward.upload_too_long"


class InMemory(FileUploadHandler):
    """Holds uploaded files of together at most so many bytes in memory; of a longer one nothing is kept."""

    def __init__(self, request: HttpRequest, *, most: int) -> None:
        super().__init__(request)
        self._most, self._size = most, 0
        self._held = BytesIO()

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._held = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._size += len(raw_data)
        if self._size > self._most:
            self._held = BytesIO()
            assert self.request is not None  # noqa: S101 - given in __init__
            self.request.META[TOO_LONG] = True
            raise StopUpload(connection_reset=False)
        self._held.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self._held.seek(0)
        return InMemoryUploadedFile(
            self._held, self.field_name, self.file_name or "", self.content_type, file_size, self.charset
        )


def only_in_memory(
    request: HttpRequest, view: Callable[..., HttpResponse], *, most: int, **values: Any
) -> HttpResponse:
    """Let a view read its uploads in memory alone. Nothing may have read the body before."""
    request.upload_handlers = [InMemory(request, most=most)]
    return view(request, **values)
