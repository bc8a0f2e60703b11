"""XLSForms: workbooks in, XForm XML out, and back again."""

from .reading import Converted, looks_like_workbook, xform_of
from .writing import write_xlsform

__all__ = ["Converted", "looks_like_workbook", "write_xlsform", "xform_of"]
