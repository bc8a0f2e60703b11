"""Who a newcomer is: the record of the young person, found or entered anew; in doubt somebody is asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from schoolward.domains.cases.actions.referring import OLDEST, YOUNGEST
from schoolward.domains.cases.actions.rows import audit
from schoolward.domains.cases.models import Language, Youth
from schoolward.domains.cases.queries.centre import known_youths
from schoolward.platform.access.refusal import Refusal, fit_text
from schoolward.platform.access.viewer import Viewer


@dataclass(frozen=True)
class Newcomer:
    """Who came, as the student tells it. ``guardian`` and ``reach_at`` may stay empty.

    ``known``: the number of the record that the student is, or ``new`` for nobody's; empty where the rule of
    ``known_youths`` is to say.
    """

    legal_name: str
    born_on: date
    local_number: str = ""
    home_language: str = Language.ENGLISH
    guardian: str = ""
    reach_at: str = ""
    known: str = ""


class WhoIsIt(Refusal):
    """There are records that may be the newcomer's. ``candidates`` are those; somebody says which it is."""

    def __init__(self, candidates: tuple[Youth, ...]) -> None:
        self.candidates = candidates
        super().__init__(
            _(
                "There is a record with this birthday and the same number or name. Say whether it is the "
                "same person: twins share a birthday, and at times a number."
            ),
            field="known",
        )


def record_of(who: Newcomer, *, agency_id: int, by: Viewer, at: datetime, invented: bool = False) -> Youth:
    """The record of a newcomer among the agency's, found or made, for use inside the wall.

    Raises :class:`Refusal`, and :class:`WhoIsIt` where somebody has to say whose record it is.
    """
    name = fit_text(who.legal_name, field="legal_name", longest=200)
    number = fits(who.local_number, field="local_number", longest=20)
    today = timezone.localdate(at)
    born_after = date(today.year - OLDEST, 1, 1)
    if who.born_on < born_after or Youth(born_on=who.born_on).age_on(today) < YOUNGEST:
        raise Refusal(_("Check the date of birth: this is for students."), field="born_on")
    found = _known(who, number, name, agency_id=agency_id, by=by)
    if found is not None:
        return found
    made = Youth.objects.create(
        agency_id=agency_id,
        record_class="education",
        legal_name=name,
        born_on=who.born_on,
        local_number=number,
        home_language=Language(who.home_language),
        coordinator_id=by.account_id,
        entered_on=today,
        invented=invented,
    )
    audit("youth_entered", made, by=by, at=by.at)
    return made


def fits(text: str, *, field: str, longest: int) -> str:
    """The text as it is kept; it may be empty. Raises :class:`Refusal`."""
    return fit_text(text, field=field, longest=longest) if text.strip() else ""


def _known(who: Newcomer, number: str, name: str, *, agency_id: int, by: Viewer) -> Youth | None:
    """Whose record it is: as somebody said, else as the rule says; nobody's where it is new."""
    if who.known == "new":
        return None
    found = known_youths(by, local_number=number, legal_name=name, born_on=who.born_on, agency_id=agency_id)
    if not who.known:
        if found.others:
            raise WhoIsIt(found.others)
        return found.sure
    said = [row for row in (*found.others, found.sure) if row is not None and str(row.pk) == who.known]
    if not said:
        raise Refusal(_("That is none of the records in question. Choose again."), field="known")
    return said[0]
