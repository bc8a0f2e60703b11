"""A form and the files that it reads, in one ZIP file: made into one XForm that needs no file beside it.

Rows of ``rooms.csv`` become a secondary instance of the form itself, so that whoever fills it, on our walk or
in ODK Collect, has them with the form, and what was brought in is kept as one document. So do the choices of
``itemsets.csv``: the questions that look them up become choices of one, with the same filter.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import PurePosixPath
from xml.etree.ElementTree import register_namespace, tostring

from .bundled_choices import XML_NAME, put_in_choices, written
from .compiling.files import LAST_SAVED, file_name, read_file
from .definition import Element
from .external_choices import FILE
from .loading import load_form
from .problems import FormProblem, FormRefused
from .reading.markup import JAVAROSA, OPENROSA, XFORMS, XHTML, attribute, parse_xml

_ZIP = b"PK\x03\x04"
_WORKBOOK = "[Content_Types].xml"
_SHEETS = (".xlsx", ".xls", ".md")
MOST_FILES = 200
MOST_UNPACKED = 40_000_000  # bytes
# ODK Web Forms finds the elements of the body by their names without a prefix.
_PREFIXES = {"h": XHTML, "": XFORMS, "jr": JAVAROSA, "orx": OPENROSA}


def is_bundle(data: bytes) -> bool:
    """Whether it is a ZIP file that is no workbook. Raises :class:`FormRefused` where it is damaged."""
    if not data.startswith(_ZIP):
        return False
    with _opened(data) as packed:
        return _WORKBOOK not in packed.namelist()


def form_of_bundle(data: bytes) -> tuple[bytes, str]:
    """The form of a bundle as an XForm with its files inside, and a name for it.

    Raises :class:`FormRefused` where it is damaged or too large, has no form or several, lacks a file that
    the form reads, or holds one that cannot be read.
    """
    files = _unpacked(data)
    forms = [name for name, content in files.items() if _is_form(name, content)]
    if len(forms) != 1:
        found = f"has {len(forms)} forms ({', '.join(forms)})" if forms else "has no form"
        raise FormRefused(
            [FormProblem(f"The ZIP file {found}.", mend="Put one XLSForm or XForm and its files into it.")]
        )
    name = forms[0]
    loaded = load_form(files[name], name)
    beside = {PurePosixPath(other).name: content for other, content in files.items() if other != name}
    return _with_files(loaded.xform, {**beside, **loaded.files}), f"{PurePosixPath(name).stem}.xml"


def name_prefixes() -> None:
    """Let XML that is written name what forms are made of as others do."""
    for prefix, namespace in _PREFIXES.items():
        register_namespace(prefix, namespace)


def _opened(data: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, NotImplementedError):
        raise FormRefused([FormProblem("The ZIP file is damaged.", mend="Pack it anew.")]) from None


def _unpacked(data: bytes) -> dict[str, bytes]:
    with _opened(data) as packed:
        entries = [
            entry
            for entry in packed.infolist()
            if not entry.is_dir() and not entry.filename.startswith("__MACOSX/")
        ]
        size = sum(entry.file_size for entry in entries)
        if len(entries) > MOST_FILES or size > MOST_UNPACKED:
            raise FormRefused(
                [
                    FormProblem(
                        f"The ZIP file holds {len(entries)} files of {size / 1_000_000:,.0f} MB.",
                        mend=f"At most {MOST_FILES} files of {MOST_UNPACKED // 1_000_000} MB are read.",
                    )
                ]
            )
        try:
            return {entry.filename: packed.read(entry) for entry in entries}
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError):
            raise FormRefused(
                [FormProblem("The ZIP file is damaged or locked.", mend="Pack it anew, without a password.")]
            ) from None


def _is_form(name: str, content: bytes) -> bool:
    if name.lower().endswith(_SHEETS):
        return True
    return name.lower().endswith(".xml") and XHTML.encode() in content[:4_000]


def form_alone(xform: bytes, files: dict[str, bytes]) -> bytes:
    """An XForm with the files that it reads inside; as it is where there are none."""
    return _with_files(xform, files) if files else xform


def _with_files(xform: bytes, files: dict[str, bytes]) -> bytes:
    root = parse_xml(xform)
    problems: list[FormProblem] = put_in_choices(root, files.get(FILE))
    for instance in root.iter(f"{{{XFORMS}}}instance"):
        address = attribute(instance, "src")
        if not address or address == LAST_SAVED:
            continue
        name = file_name(address)
        if name not in files:
            problems.append(
                FormProblem(
                    f"The form reads {name}, which is not in the ZIP file.", mend=f"Add {name} to it."
                )
            )
            continue
        try:
            rows = read_file(name, files[name])
        except FormRefused as refused:
            problems += [FormProblem(one.what, f"{name}, {one.where}", one.mend) for one in refused.problems]
            continue
        except (ValueError, LookupError, TypeError) as error:
            problems.append(FormProblem(f"The file cannot be read: {error}.", name))
            continue
        wrong = sorted(_wrong_names(rows))
        if wrong:
            problems.append(
                FormProblem(
                    f"A column is called {wrong[0]!r}.", name, "Use letters, digits, _ and - without blanks."
                )
            )
            continue
        instance.attrib.pop("src")
        instance.append(written(rows))
    if problems:
        raise FormRefused(problems)
    name_prefixes()
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))


def _wrong_names(element: Element) -> set[str]:
    found = set() if XML_NAME.match(element.name) else {element.name}
    for child in element.elements:
        found |= _wrong_names(child)
    return found
