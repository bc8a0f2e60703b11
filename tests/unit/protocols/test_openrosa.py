"""OpenRosa's documents, and submissions good and bad."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given
from hypothesis import strategies as st

from schoolward.protocols.openrosa import (
    FormFile,
    ListedForm,
    SubmissionProblem,
    form_list,
    headers,
    is_incomplete,
    manifest,
    read_submission,
    response,
)

GOOD = """<?xml version="1.0"?>
<data id="walk" version="3" xmlns:orx="http://openrosa.org/xforms" xmlns:jr="http://openrosa.org/javarosa">
  <gate><photo>1354.jpg</photo><note>bent</note></gate>
  <orx:meta><orx:instanceID>uuid:7f0c</orx:instanceID><orx:deprecatedID>uuid:11</orx:deprecatedID></orx:meta>
</data>"""
PLAIN = '<data id="walk"><meta><instanceID>uuid:7f0c</instanceID></meta></data>'


def test_a_list_names_every_form_with_its_digest() -> None:
    forms = [
        ListedForm("walk", "Walk & gates", "3", b"abc", "https://x.example/form/1", "", "Short <words>"),
        ListedForm("audit", "Audit", "", b"", "https://x.example/form/2", "https://x.example/manifest/2"),
    ]
    root = fromstring(form_list(forms))
    ns = "{http://openrosa.org/xforms/xformsList}"
    assert root.tag == f"{ns}xforms"
    first, second = root
    assert {child.tag.removeprefix(ns): child.text for child in first} == {
        "formID": "walk",
        "name": "Walk & gates",
        "version": "3",
        "hash": "md5:900150983cd24fb0d6963f7d28e17f72",
        "descriptionText": "Short <words>",
        "downloadUrl": "https://x.example/form/1",
    }
    assert second.findtext(f"{ns}hash") == "md5:d41d8cd98f00b204e9800998ecf8427e", (
        "of nothing (RFC 1321, A.5)"
    )
    assert second.findtext(f"{ns}manifestUrl") == "https://x.example/manifest/2"
    assert second.find(f"{ns}version") is None


def test_a_manifest_names_files_and_may_be_empty() -> None:
    ns = "{http://openrosa.org/xforms/xformsManifest}"
    assert len(fromstring(manifest([]))) == 0
    [file] = fromstring(manifest([FormFile("rooms.csv", b"abc", "https://x.example/rooms.csv")]))
    assert file.tag == f"{ns}mediaFile"
    assert file.findtext(f"{ns}filename") == "rooms.csv"
    assert file.findtext(f"{ns}hash") == "md5:900150983cd24fb0d6963f7d28e17f72", "of abc (RFC 1321, A.5)"


def test_a_response_says_whether_it_went_well() -> None:
    ns = "{http://openrosa.org/http/response}"
    for succeeded, nature in ((True, "submit_success"), (False, "submit_failure")):
        root = fromstring(response("Kept.", succeeded=succeeded))
        message = root.find(f"{ns}message")
        assert message is not None
        assert (message.get("nature"), message.text) == (nature, "Kept.")


def test_headers_carry_version_date_and_bounds() -> None:
    at = datetime(2012, 9, 6, 12, tzinfo=UTC)
    assert headers(at=at) == {"X-OpenRosa-Version": "1.0", "Date": "Thu, 06 Sep 2012 12:00:00 GMT"}
    assert headers(at=at, most_bytes=10)["X-OpenRosa-Accept-Content-Length"] == "10"
    west = at.astimezone(timezone(timedelta(hours=-7)))
    assert headers(at=west)["Date"] == "Thu, 06 Sep 2012 12:00:00 GMT", (
        "the header is in GMT, wherever we are"
    )


def test_a_submission_says_what_it_is() -> None:
    found = read_submission(GOOD.encode())
    assert (found.form_id, found.version, found.instance_id, found.deprecated_id) == (
        "walk",
        "3",
        "uuid:7f0c",
        "uuid:11",
    )
    assert found.speaks_of("1354.jpg")
    assert not found.speaks_of("1355.jpg")
    assert not found.speaks_of("1354")


def test_metadata_may_stand_in_the_namespace_of_the_form_or_in_none() -> None:
    assert read_submission(PLAIN.encode()).instance_id == "uuid:7f0c"
    own = '<data xmlns="https://x.example/walk"><meta><instanceID>uuid:1</instanceID></meta></data>'
    found = read_submission(own.encode())
    assert (found.form_id, found.instance_id) == ("https://x.example/walk", "uuid:1")
    attribute = read_submission(b'<data id="walk" instanceID="uuid:2"/>')
    assert attribute.instance_id == "uuid:2"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "no XML (line 1"),
        (b"<data id='walk'>", "no XML (line 1"),
        (b"<data><meta><instanceID>uuid:1</instanceID></meta></data>", "which form"),
        (b"<data id='walk'><name>secret</name></data>", "no number of its own"),
        (b"<data id='walk'><meta><instanceID>a b</instanceID></meta></data>", "no such number"),
        (b"<!DOCTYPE d [<!ENTITY e 'x'>]><data id='walk'>&e;</data>", "document type"),
        (b"<data id='walk'>" + b"<a>" * 200 + b"</a>" * 200 + b"</data>", "deep"),
        (b"<data id='walk'>" + b" " * (5 << 20) + b"</data>", "4 MB"),
    ],
)
def test_what_cannot_be_read_is_refused_without_quoting_answers(content: bytes, says: str) -> None:
    with pytest.raises(SubmissionProblem, match=r".") as caught:
        read_submission(content)
    assert says in str(caught.value)
    assert "secret" not in str(caught.value)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    try:
        found = read_submission(content)
    except SubmissionProblem:
        return
    assert found.instance_id


@given(st.text(alphabet=st.characters(min_codepoint=32, blacklist_categories=("Cs", "Cc")), max_size=60))
def test_any_words_survive_in_a_list(words: str) -> None:
    """What XML can hold comes back; a list must not be spoiled by the name of one form."""
    text = "".join(c for c in words if c not in "\ufffe\uffff")
    root = fromstring(form_list([ListedForm("a", text or "x", "", b"", "https://x.example")]))
    assert root.findtext(".//{http://openrosa.org/xforms/xformsList}name") == (text or "x")


def test_more_files_may_follow() -> None:
    assert is_incomplete({"*isIncomplete*": "yes"})
    assert not is_incomplete({"*isIncomplete*": "no"})
    assert not is_incomplete({})
