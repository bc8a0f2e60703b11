"""What can be stored as an entry, whichever way it comes in: a page, a file or a program."""

from __future__ import annotations

from django.utils.translation import gettext as _

from schoolward.analysis.grants.match import MatchKind
from schoolward.domains.grants.actions.new_entry import NewEntry
from schoolward.domains.grants.actions.refusals import GrantRefused
from schoolward.domains.grants.models import WITH_LINE, Entry
from schoolward.platform.measures.period import EARLIEST, LATEST

_TEXTS = ("description", "document", "payee", "external_id", "agreement", "given_by")


def check_storable(new: NewEntry) -> None:
    """Raise ``GrantRefused`` for what no form lets through: words that are too long, years that are slips."""
    for name in _TEXTS:
        value = getattr(new, name).strip()
        most = Entry._meta.get_field(name).max_length  # type: ignore[union-attr]
        if most is not None and len(value) > most:
            raise GrantRefused(
                _("It is %(found)d characters long. Shorten it to %(most)d.")
                % {"found": len(value), "most": most},
                field=name,
            )
        if "\x00" in value:
            raise GrantRefused(_("It holds a character that cannot be stored."), field=name)
    for name in ("on", "incurred_on"):
        day = getattr(new, name)
        if day is not None and not EARLIEST <= day <= LATEST:
            raise GrantRefused(
                _("Check the year: it lies outside of %(first)d to %(last)d.")
                % {"first": EARLIEST.year, "last": LATEST.year},
                field=name,
            )
    if new.match_kind and new.match_kind not in set(MatchKind):
        raise GrantRefused(_("A match is given in cash or in kind."), field="match_kind")
    if new.line_id is not None and new.kind not in WITH_LINE:
        raise GrantRefused(_("Draw-downs and match have no budget line."), field="line_id")


def check_number_is_free(award_id: int, external_id: str) -> None:
    """Raise ``GrantRefused`` where the award's ledger has an entry of this number. Only under its lock."""
    if external_id.strip() and Entry.objects.filter(award=award_id, external_id=external_id.strip()).exists():
        raise GrantRefused(_("The ledger has an entry of this number already."), field="external_id")
