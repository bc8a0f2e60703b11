"""XLSForms: workbooks in, XForm XML out, and back again."""

from .places import in_sheet
from .reading import Converted, looks_like_workbook, xform_of
from .writing import write_xlsform

__all__ = ["Converted", "in_sheet", "looks_like_workbook", "write_xlsform", "xform_of"]
