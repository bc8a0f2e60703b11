"""Kept files: whole or not at all, once, under the hash of what they hold."""

from __future__ import annotations

import hashlib
import io
import os
import signal
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
from django.conf import settings

from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.models import Event
from schoolward.platform.files import store
from schoolward.platform.files.actions import plain_name, store_file
from schoolward.platform.files.models import StoredFile
from schoolward.platform.files.queries import open_file, response
from schoolward.platform.files.sniffing import media_type

PICTURE = b"\x89PNG\r\n\x1a\n" + b"\x00" * 40 + b"IEND\xaeB`\x82"


def waiting() -> list[Path]:
    return list((Path(settings.FILES_DIR) / "quarantine").iterdir())


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"%PDF-1.7\n", "application/pdf"),
        (PICTURE, "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"cds_code,name\r\n", "text/plain"),
        ("name\nPeña\n".encode(), "text/plain"),
        ("name\nPeña\n".encode("utf-16"), "text/plain"),
        (b"<!DOCTYPE html><script>", "text/html"),
        (b"  <svg onload=alert(1)>", "text/html"),
        (b"\x1f\x8b\x08\x00", "application/gzip"),
        (b"PK\x03\x04" + b"\x00" * 26 + b"xl/workbook.xml", store.media_type(b"PK\x03\x04xl/")),
        (b"PK\x03\x04readme.txt", "application/zip"),
        (b"\x7fELF\x02\x01", "application/octet-stream"),
        (b"", "application/octet-stream"),
    ],
)
def test_the_bytes_say_what_a_file_is(content: bytes, found: str) -> None:
    assert media_type(content) == found


@pytest.mark.parametrize(
    ("content", "is_whole"),
    [
        (PICTURE, True),
        (PICTURE + b"a film", True),
        (PICTURE[:30], False),
        (b"\xff\xd8\xff\xe0 scan \xff\xd9", True),
        (b"\xff\xd8\xff\xe0 sca", False),
    ],
)
def test_a_picture_that_was_cut_off_is_no_picture(content: bytes, is_whole: bool) -> None:
    allowed = frozenset({"image/png", "image/jpeg"})
    if is_whole:
        assert store.keep(io.BytesIO(content), limit=1000, allowed=allowed).size == len(content)
        return
    with pytest.raises(store.FileTypeRefused, match="cut off before its end"):
        store.keep(io.BytesIO(content), limit=1000, allowed=allowed)
    assert waiting() == []


def test_content_is_kept_under_its_hash_and_comes_back() -> None:
    kept = store.keep(io.BytesIO(PICTURE), limit=1000)
    assert kept == store.Kept(hashlib.sha256(PICTURE).hexdigest(), len(PICTURE), "image/png")
    with store.open_kept(kept.sha256) as file:
        assert file.read() == PICTURE
    assert store.path_of(kept.sha256).stat().st_mode & 0o777 == 0o400
    assert waiting() == []


def test_too_large_a_file_is_not_kept() -> None:
    with pytest.raises(store.FileTooLarge, match="larger than 10 bytes"):
        store.keep(io.BytesIO(b"x" * 11), limit=10)
    assert waiting() == []
    assert store.keep(io.BytesIO(b"x" * 10), limit=10).size == 10


def test_a_file_of_another_type_than_wanted_is_not_kept() -> None:
    with pytest.raises(store.FileTypeRefused, match="text/html"):
        store.keep(io.BytesIO(b"<html>"), limit=100, allowed=frozenset({"image/png"}))
    assert waiting() == []


@pytest.mark.parametrize("name", ["../../etc/passwd", "0" * 63, "G" * 64])
def test_only_hashes_name_files(name: str) -> None:
    with pytest.raises(ValueError, match="not a SHA-256"):
        store.path_of(name)


def test_a_killed_upload_leaves_no_file_in_place(tmp_path: Path) -> None:
    """The writer is killed while it writes; what is in place is whole, or not there."""
    program = """
import sys, time
from django.conf import settings
settings.configure(FILES_DIR=sys.argv[1])
from schoolward.platform.files import store
class Slow:
    pieces = 0
    def read(self, size=-1):
        self.pieces += 1
        if self.pieces == 3:
            print("half", flush=True)
            sys.stdin.read()
        return b"x" * 1000
store.keep(Slow(), limit=10**9)
"""
    folder = tmp_path / "killed"
    writer = subprocess.Popen(
        [sys.executable, "-c", program, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"half\n"
        os.kill(writer.pid, signal.SIGKILL)
    assert [path.name for path in folder.iterdir()] == ["quarantine"]


@pytest.mark.django_db
class TestRegister:
    def test_the_same_content_is_one_row_and_one_event(self, by: Viewer, at: datetime) -> None:
        rows = [store_file(io.BytesIO(PICTURE), name=name, by=by, at=at) for name in ("a.png", "b.png")]
        assert rows[0] == rows[1]
        assert StoredFile.objects.get().first_name == "a.png"
        assert Event.objects.filter(action="files.stored").count() == 1
        with open_file(rows[0]) as file:
            assert file.read() == PICTURE

    def test_markup_is_never_run_by_a_browser(self, by: Viewer, at: datetime) -> None:
        stored = store_file(io.BytesIO(b"<html><script>"), name="x.png", by=by, at=at)
        answer = response(stored, name="x.png")
        assert answer["Content-Type"] == "application/octet-stream"
        assert answer["Content-Disposition"].startswith("attachment")
        assert answer["X-Content-Type-Options"] == "nosniff"
        answer.close()

    def test_a_picture_opens_in_place(self, by: Viewer, at: datetime) -> None:
        answer = response(store_file(io.BytesIO(PICTURE), name="x", by=by, at=at), name="door.png")
        assert answer["Content-Type"] == "image/png"
        assert answer["Content-Disposition"].startswith("inline")
        answer.close()


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("a.csv", "a.csv"),
        ("../../a.csv", "a.csv"),
        ("C:\\x\\a.csv", "a.csv"),
        ("a\r\nb.csv", "ab.csv"),
        ("", "file"),
    ],
)
def test_a_name_is_a_name_and_no_path(given: str, kept: str) -> None:
    assert plain_name(given) == kept
