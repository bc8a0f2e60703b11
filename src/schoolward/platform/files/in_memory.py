"""Uploads that must never touch the disk.

Django writes an uploaded file of more than 2.5 MB to a temporary file. A file of children's addresses must
not lie there, not even for the length of a request. So a view that takes one is named here, and its uploads
are read into memory alone, before anything else (the check of the token, the API) reads the request.
"""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest, HttpResponseBase

#: In ``request.META`` where a file was longer than allowed and is not there for it.
TOO_LONG = "schoolward.upload_too_long"

_most_of: dict[str, int] = {}


def only_in_memory(*url_names: str, most: int) -> None:
    """Let the views of these names (``app:name``) read their uploads in memory, of at most so many bytes."""
    _most_of.update(dict.fromkeys(url_names, most))


class MemoryOnly:
    """Middleware: sets the handler of uploads for the views that were named. Stands before the token's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> None:
        """Nothing has read the body yet."""
        match = request.resolver_match
        most = None if match is None else _most_of.get(match.view_name)
        if most is not None:
            request.upload_handlers = [InMemory(request, most=most)]


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
