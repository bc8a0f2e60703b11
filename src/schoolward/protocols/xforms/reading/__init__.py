"""XForm XML in, a definition out."""

from .form import read_form
from .markup import MOST_BYTES, parse_xml

__all__ = ["MOST_BYTES", "parse_xml", "read_form"]
