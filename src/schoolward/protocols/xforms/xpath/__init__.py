"""XPath as ODK XForms uses it: text in, nested arrays out."""

from .functions import FUNCTIONS, Function
from .lexer import XPathMalformed
from .parser import Expression, may_be_nodes, parse

__all__ = ["FUNCTIONS", "Expression", "Function", "XPathMalformed", "may_be_nodes", "parse"]
