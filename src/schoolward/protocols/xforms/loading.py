"""A form file of any kind, read: XForm or XLSForm, told apart by content."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .compiling import CompiledForm, compile_form
from .definition import Definition
from .problems import FormRefused, FormWarning
from .reading import read_form


@dataclass(frozen=True)
class LoadedForm:
    """A form, its XForm, and what it was read from (``xform`` or ``xlsform``).

    ``files`` are what came with it: the choices that an XLSForm keeps apart, as ``itemsets.csv``. ``rows``
    says of a path below the root in which row of the sheet survey it stands; an XForm has none.
    """

    definition: Definition
    xform: bytes
    kind: str
    files: dict[str, bytes]
    warnings: tuple[FormWarning, ...] = ()
    rows: dict[str, int] = field(default_factory=dict)


def load_form(data: bytes, name: str = "") -> LoadedForm:
    """Read an XForm or XLSForm; ``name`` is the file's. Raises :class:`FormRefused`."""
    if data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<":
        return LoadedForm(read_form(data), data, "xform", {})
    from .xlsform import in_sheet, xform_of

    converted = xform_of(data, name)
    warnings = tuple(FormWarning("xlsform", "", text) for text in converted.warnings)
    files = {} if converted.itemsets is None else {"itemsets.csv": converted.itemsets}
    try:
        definition = read_form(converted.xform)
    except FormRefused as refused:
        raise in_sheet(refused, converted.rows) from None
    return LoadedForm(definition, converted.xform, "xlsform", files, warnings, converted.rows)


def compile_loaded(loaded: LoadedForm, files: Mapping[str, bytes] | None = None) -> CompiledForm:
    """Compile a form that was read, with its own files or those given.

    Raises :class:`FormRefused`; what is wrong with an XLSForm is told by row and column.
    """
    try:
        return compile_form(loaded.definition, loaded.files if files is None else files)
    except FormRefused as refused:
        if not loaded.rows:
            raise
        from .xlsform import in_sheet

        raise in_sheet(refused, loaded.rows) from None
