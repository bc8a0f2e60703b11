"""OpenRosa 1.0, by which ODK Collect fetches blank forms and hands in filled ones.

Form list, manifest, response and the envelope of a submission, as specified at docs.getodk.org ("OpenRosa
form list", "form manifest", "form submission", "metadata schema"). What the answers of a submission mean is
the form's affair (`protocols.xforms`); sockets, accounts and storage are the caller's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from hashlib import md5
from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring

VERSION: Final = "1.0"
SUBMISSION_PART: Final = "xml_submission_file"
"""The name of the part of a multi-part request that holds the filled form."""

INCOMPLETE_PART: Final = "*isIncomplete*"
"""The part by which a client says that more requests with files of the same form follow."""

_LIST = "http://openrosa.org/xforms/xformsList"
_MANIFEST = "http://openrosa.org/xforms/xformsManifest"
_RESPONSE = "http://openrosa.org/http/response"
_METADATA = frozenset({"http://openrosa.org/xforms", "http://openrosa.org/xforms/metadata"})
_INSTANCE_ID: Final = re.compile(r"[^\x00-\x20<>\"']{1,200}")
_MOST_BYTES: Final = 4 << 20
"""The answers of a form, without its files, are far smaller."""
_MOST_DEPTH: Final = 100


class SubmissionProblem(ValueError):
    """A submission cannot be read. The message says what is wrong and how to mend it; it quotes no answer."""


@dataclass(frozen=True, slots=True)
class ListedForm:
    """A blank form as the list shows it."""

    form_id: str
    name: str
    version: str
    content: bytes
    """The form's XML; the list holds its digest, by which a client sees that a form has changed."""
    download_url: str
    manifest_url: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class FormFile:
    """A file that a form needs beside it: a picture, a list of choices."""

    name: str
    content: bytes
    download_url: str


@dataclass(frozen=True, slots=True)
class Submission:
    """A filled form: which form it answers and which filling it is.

    ``deprecated_id`` names the filling that this one corrects. Its files come in the same request or in later
    ones, and are told by their names.
    """

    form_id: str
    version: str
    instance_id: str
    deprecated_id: str
    root: Element

    def speaks_of(self, file_name: str) -> bool:
        """Whether a leaf of the filled form holds exactly this file name."""
        return any(not len(leaf) and (leaf.text or "").strip() == file_name for leaf in self.root.iter())


def headers(*, at: datetime, most_bytes: int | None = None) -> dict[str, str]:
    """The headers of every answer at an aware moment. ``most_bytes``: how large a submission may be."""
    found = {"X-OpenRosa-Version": VERSION, "Date": format_datetime(at.astimezone(UTC), usegmt=True)}
    if most_bytes is not None:
        found["X-OpenRosa-Accept-Content-Length"] = str(most_bytes)
    return found


def form_list(forms: Iterable[ListedForm]) -> bytes:
    """The list of blank forms as XML."""
    root = Element("xforms", xmlns=_LIST)
    for form in forms:
        one = SubElement(root, "xform")
        parts = {
            "formID": form.form_id,
            "name": form.name,
            "version": form.version,
            "hash": _digest(form.content),
            "descriptionText": form.description,
            "downloadUrl": form.download_url,
            "manifestUrl": form.manifest_url,
        }
        _write(one, parts)
    return _document(root)


def manifest(files: Iterable[FormFile]) -> bytes:
    """The list of the files that a form needs, as XML; empty where it needs none."""
    root = Element("manifest", xmlns=_MANIFEST)
    for file in files:
        one = SubElement(root, "mediaFile")
        _write(
            one,
            {"filename": file.name, "hash": _digest(file.content), "downloadUrl": file.download_url},
        )
    return _document(root)


def response(message: str, *, succeeded: bool) -> bytes:
    """What a person who submitted reads. It must hold no answer of the form: devices log it."""
    root = Element("OpenRosaResponse", xmlns=_RESPONSE)
    SubElement(root, "message", nature="submit_success" if succeeded else "submit_failure").text = message
    return _document(root)


def read_submission(content: bytes) -> Submission:
    """Read the part :data:`SUBMISSION_PART` of a submission. Raises :class:`SubmissionProblem`.

    A submission without an instance's own number cannot be told from the same one sent twice, and is refused.
    """
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import ParseError, fromstring

    if len(content) > _MOST_BYTES:
        raise SubmissionProblem(
            f"The form holds more than {_MOST_BYTES >> 20} MB of text. Send photographs as files."
        )
    try:
        root = fromstring(content, forbid_dtd=True)
    except ParseError as error:
        line, column = error.position
        raise SubmissionProblem(
            f"The filled form is no XML (line {line}, column {column}). Send it again."
        ) from error
    except DefusedXmlException as error:
        raise SubmissionProblem(
            "The filled form declares entities or a document type. Send it without them."
        ) from error
    if _depth(root) > _MOST_DEPTH:
        raise SubmissionProblem(
            f"The filled form is nested more than {_MOST_DEPTH} deep. It is no form of ours."
        )
    form_id = root.get("id") or _namespace(root.tag)
    if not form_id:
        raise SubmissionProblem(
            'The filled form does not say which form it is: its root has no attribute "id".'
        )
    instance_id = _metadata(root, "instanceID") or root.get("instanceID") or ""
    if not instance_id:
        raise SubmissionProblem(
            "The filled form has no number of its own (meta/instanceID), by which it is stored only once. "
            "Add it to the form and fill it in anew."
        )
    deprecated_id = _metadata(root, "deprecatedID")
    for value in filter(None, (instance_id, deprecated_id)):
        if not _INSTANCE_ID.fullmatch(value):
            raise SubmissionProblem("The number of the filled form (meta/instanceID) is no such number.")
    return Submission(form_id, root.get("version") or "", instance_id, deprecated_id, root)


def is_incomplete(parts: Mapping[str, str]) -> bool:
    """Whether the client says, among the plain parts of its request, that more files follow."""
    return parts.get(INCOMPLETE_PART, "").strip().lower() in ("yes", "true")


def _digest(content: bytes) -> str:
    return f"md5:{md5(content, usedforsecurity=False).hexdigest()}"


def _write(parent: Element, parts: Mapping[str, str]) -> None:
    for name, value in parts.items():
        if value:
            SubElement(parent, name).text = value


def _document(root: Element) -> bytes:
    found: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return found


def _metadata(root: Element, name: str) -> str:
    """A value of the form's ``meta`` group, in the namespace of the metadata schema or in none."""
    known = _METADATA | {"", _namespace(root.tag)}
    groups = (child for child in root if _local(child.tag) == "meta")
    for leaf in (leaf for group in groups for leaf in group):
        if _local(leaf.tag) == name and _namespace(leaf.tag) in known:
            return (leaf.text or "").strip()
    return ""


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _namespace(tag: str) -> str:
    return tag[1:].partition("}")[0] if tag.startswith("{") else ""


def _depth(root: Element) -> int:
    """How deep elements are nested; walked level by level, so that depth costs no recursion."""
    depth, level = 0, [root]
    while level:
        depth += 1
        level = [child for element in level for child in element]
    return depth
