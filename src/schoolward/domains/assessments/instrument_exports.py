"""A version of an instrument in another format than it came in."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from schoolward.analysis.assessing.writing import instrument_values
from schoolward.domains.assessments.instrument_forms import instrument_xform
from schoolward.domains.assessments.models import InstrumentFormat, InstrumentVersion
from schoolward.domains.assessments.queries import form_of
from schoolward.domains.assessments.walk_forms import own_form
from schoolward.platform.files.queries import open_file
from schoolward.platform.ui.explained import CannotBeShown
from schoolward.protocols.xforms.bundles import form_alone
from schoolward.protocols.xforms.loading import LoadedForm, load_form
from schoolward.protocols.xforms.problems import FormRefused
from schoolward.protocols.xforms.reading import read_form
from schoolward.protocols.xforms.xlsform import write_xlsform


class ExportFormat(StrEnum):
    """What an instrument can be written as."""

    XLSFORM = "xlsform"
    XFORM = "xform"
    JSON = "json"


@dataclass(frozen=True)
class Exported:
    """A file of an instrument."""

    name: str
    content_type: str
    content: bytes


def exported(version: InstrumentVersion, wanted: ExportFormat) -> Exported:
    """Write a version; brought in again, it asks the same items.

    An instrument that came as a form is given whole. As JSON it has the words of the YAML format for what is
    rated, and beside it the form, which asks everything: compiled, and as an XForm that comes in again.
    Raises ``FileNotFoundError`` when the folder has lost the file, ``CannotBeShown`` where a form cannot be
    written so.
    """
    with open_file(version.file) as handle:
        content = handle.read()
    own = load_form(content, version.file_name) if version.format != InstrumentFormat.YAML else None
    stem = f"{version.instrument.key}-{version.version}"
    if wanted == ExportFormat.JSON:
        return Exported(f"{stem}.json", "application/json", _json(version, own))
    xform = own.xform if own is not None else instrument_xform(form_of(version))
    if wanted == ExportFormat.XFORM:
        return Exported(f"{stem}.xml", "text/xml; charset=utf-8", xform)
    if not (version.format == InstrumentFormat.XLSFORM and content.startswith(b"PK")):
        try:
            content = (
                write_xlsform(own.definition, own.files)
                if own is not None
                else write_xlsform(read_form(xform))
            )
        except FormRefused as refusal:
            raise CannotBeShown(_("Not as an XLSForm: %(why)s") % {"why": refusal}) from refusal
    workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return Exported(f"{stem}.xlsx", workbook, content)


def _json(version: InstrumentVersion, own: LoadedForm | None) -> bytes:
    told = instrument_values(form_of(version))
    if own is not None:
        told["form"] = own_form(version).compiled
        # The form itself, since what it compiles to cannot be brought in again.
        told["xform"] = form_alone(own.xform, own.files).decode()
    return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()
