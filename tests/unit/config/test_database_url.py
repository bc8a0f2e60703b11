"""What DATABASE_URL may say, and the sentence about what it may not: never with the password in it."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from schoolward.config import database_url


@pytest.mark.parametrize(
    ("url", "engine", "name"),
    [
        ("postgres://u:p@h:5432/x", "postgresql", "x"),
        ("postgresql://u:p@h/x", "postgresql", "x"),
        ("sqlite:////srv/x.sqlite3", "sqlite3", "/srv/x.sqlite3"),
        ("sqlite:///x.sqlite3", "sqlite3", "x.sqlite3"),
        ("sqlite://:memory:", "sqlite3", ":memory:"),
        ("sqlite://", "sqlite3", ":memory:"),
    ],
)
def test_an_address_that_works(url: str, engine: str, name: str) -> None:
    found = database_url.read(url)
    assert (found["ENGINE"], found["NAME"]) == (f"django.db.backends.{engine}", name)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("foo://secret@h/x", "begins with foo://, which does not work here"),
        ("mysql://u:secret@h/x", "begins with mysql://, which does not work here"),
        ("secret", "is no address"),
        ("postgres://u:secret@h", "names no database"),
        ("postgres://u:secret@h:port/x", "cannot be read"),
        ("sqlite://secret.sqlite3", "names a host for SQLite"),
        ("sqlite://secret/x.sqlite3", "names a host for SQLite"),
    ],
)
def test_an_address_that_does_not(url: str, words: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=words) as refused:
        database_url.read(url)
    assert "secret" not in str(refused.value)
