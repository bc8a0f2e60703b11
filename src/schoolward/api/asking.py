"""What a caller asks a measure about: the same words as on the command line, turned to values."""

from __future__ import annotations

from datetime import date

from ninja import Field, Schema
from ninja.errors import HttpError

from schoolward.domains.places.queries import known_campus
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.demo import clock
from schoolward.platform.measures.period import Period, PeriodError, Scope


class Question(Schema):
    """Query parameters. Dates are local, both ends included; ``site`` is a school's CDS code."""

    start: date | None = Field(None, alias="from")
    end: date | None = Field(None, alias="to")
    as_of: date | None = None
    site: str | None = None

    def period(self, viewer: Viewer) -> Period:
        """The period asked about; state is judged at its end where no ``as_of`` is given."""
        as_of = self.as_of or self.end or clock.today(viewer.at)
        try:
            return Period(self.start, self.end, as_of)
        except PeriodError as error:
            raise HttpError(422, str(error)) from error

    def scope(self, period: Period) -> Scope:
        """All sites, or the campus where the school of the code is when the period's state is judged.

        Raises ``UnknownSite``.
        """
        if self.site is None:
            return Scope()
        campus = known_campus(self.site, period.as_of)
        return Scope(campus.pk, campus.name)
