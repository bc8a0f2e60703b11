"""Sentences with live numbers in them: what authors write, and how it is read.

The whole of the syntax::

    A paragraph ends at an empty line. A line that starts with "- " is a bullet, with "### " a heading.
    **Strong words** stand between two asterisks.
    [[campuses.operating]]                               a number, for the school year to date
    [[incidents.at_campus period=last-school-year]]      a number, for another period
    [[incidents.total from=2011-07-01 to=2012-06-30]]    a number, between two dates
    [[incidents.rate show=parts]]                        what was divided by what
    [[period: last-school-year]]                         the words "school year 2011/12", by the report's date
    [[cite: City Council, agreement 2016-1354]]          the source of the sentence's typed figures
    [[show: budget]]                                     a table or chart of the report, on a line alone
"""

from schoolward.reports.text.parse import (
    Bullets,
    Cite,
    Heading,
    Node,
    Paragraph,
    PeriodName,
    Piece,
    Show,
    Strong,
    Text,
    TextError,
    Token,
    parse,
)
from schoolward.reports.text.sentences import sentences
from schoolward.reports.text.typed import LaterDate, TypedNumber, later_dates, typed_numbers

__all__ = [
    "Bullets",
    "Cite",
    "Heading",
    "LaterDate",
    "Node",
    "Paragraph",
    "PeriodName",
    "Piece",
    "Show",
    "Strong",
    "Text",
    "TextError",
    "Token",
    "TypedNumber",
    "later_dates",
    "parse",
    "sentences",
    "typed_numbers",
]
