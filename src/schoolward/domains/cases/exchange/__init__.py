"""Tables about young people. They come in, and go out nowhere."""

from schoolward.domains.cases.exchange.attendance import AttendanceTable

__all__ = ["AttendanceTable"]
