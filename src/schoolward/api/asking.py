"""What a caller asks a measure about: the same words as on the command line, turned to values."""

from __future__ import annotations

from datetime import date

from ninja import Field, Schema
from ninja.errors import HttpError

from schoolward.domains.places.queries import known_campus
from schoolward.domains.programs.queries import check_figures, program_titles
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.demo import clock
from schoolward.platform.measures.period import Period, PeriodError, Scope


class Question(Schema):
    """Query parameters. Dates are local, both ends included; ``site`` is a school's CDS code.

    ``program`` is a youth program's key, for whoever may see figures of that program.
    """

    start: date | None = Field(None, alias="from")
    end: date | None = Field(None, alias="to")
    as_of: date | None = None
    site: str | None = None
    program: str | None = None

    def period(self, viewer: Viewer) -> Period:
        """The period asked about; state is judged at its end where no ``as_of`` is given."""
        as_of = self.as_of or self.end or clock.today(viewer.at)
        try:
            return Period(self.start, self.end, as_of)
        except PeriodError as error:
            raise HttpError(422, str(error)) from error

    def scope(self, period: Period, viewer: Viewer) -> Scope:
        """Everything, a program, or the campus where the school of the code is when the state is judged.

        Raises ``UnknownSite`` and ``AccessDenied``.
        """
        if self.program is not None:
            return self._program(self.program, viewer)
        if self.site is None:
            return Scope()
        campus = known_campus(self.site, period.as_of)
        return Scope(campus.pk, campus.name)

    def _program(self, key: str, viewer: Viewer) -> Scope:
        if self.site is not None:
            raise HttpError(422, "site, program: ask about one of them, and not about both")
        title = program_titles().get(key)
        if title is None:
            raise HttpError(404, f"There is no program {key[:60]!r}; /api/v1/programs lists them.")
        check_figures(viewer, key)
        return Scope(label=title, program=key)
