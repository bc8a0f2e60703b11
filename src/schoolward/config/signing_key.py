"""The signing key of an installation, which is made once and kept beside its data."""

from __future__ import annotations

import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def kept_in(file: Path) -> str:
    """The key in the file, made where there is none. Raises ``ImproperlyConfigured`` for an empty file."""
    if not file.exists():
        _make(file)
    key = file.read_text().strip()
    if not key:
        raise ImproperlyConfigured(
            f"the signing key {file} is empty; put it back from a backup, or delete the file and have a new "
            "one made (everybody then signs in anew)."
        )
    return key


def _make(file: Path) -> None:
    """Put a whole key in place at once: two processes that start together agree on one, and a full disk
    leaves none rather than an empty one."""
    descriptor, name = tempfile.mkstemp(dir=file.parent, prefix=".secret-key-")  # readable for us alone
    try:
        with os.fdopen(descriptor, "w") as handle:
            handle.write(secrets.token_urlsafe(64))
            handle.flush()
            os.fsync(handle.fileno())
        with suppress(FileExistsError):
            os.link(name, file)
    finally:
        Path(name).unlink()
