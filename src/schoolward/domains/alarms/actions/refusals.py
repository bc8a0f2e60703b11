"""Why something cannot be done at the desk, each with what to do about it."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from schoolward.domains.alarms.models import StepKind


class AlarmRefused(Exception):
    """The base of every refusal that the person can mend. ``field`` names the form field that it is about."""

    field = ""


class PersonMissing(AlarmRefused):
    """An answer must name a person; the system itself cannot give it."""

    def __init__(self) -> None:
        super().__init__(_("This needs a person's own account. Sign in and do it at the desk."))


class ClaimedByAnother(AlarmRefused):
    """Somebody else holds the case."""

    def __init__(self, holder: str) -> None:
        self.holder = holder
        super().__init__(
            _("%(holder)s holds this case. Ask them to give it back, or take it over with a reason.")
            % {"holder": holder}
        )


class NotClaimed(AlarmRefused):
    """Only what one holds can be given back."""

    def __init__(self) -> None:
        super().__init__(_("You do not hold this case, so you cannot give it back."))


class CaseIsClosed(AlarmRefused):
    """A closed case is not worked on."""

    def __init__(self, number: str) -> None:
        super().__init__(
            _("Case %(number)s is closed. Open it again with a reason first.") % {"number": number}
        )


class CaseIsOpen(AlarmRefused):
    """Only a closed case can be opened again."""

    def __init__(self, number: str) -> None:
        super().__init__(_("Case %(number)s is not closed; go on with it.") % {"number": number})


class ReasonMissing(AlarmRefused):
    """It needs a reason."""

    field = "reason"

    def __init__(self) -> None:
        super().__init__(_("Give a reason: whoever reads this later needs to know why."))


class TextMissing(AlarmRefused):
    """A note or hand-over without words."""

    field = "text"

    def __init__(self) -> None:
        super().__init__(_("Write something first."))


class MemberUnknown(AlarmRefused):
    """No account of this address sees the alarms of the site."""

    field = "member"

    def __init__(self) -> None:
        super().__init__(
            _("No account of this address sees the site's alarms. Correct it, or ask an administrator.")
        )


class StepUnknown(AlarmRefused):
    """The step is none of this case's plan."""

    field = "step"

    def __init__(self) -> None:
        super().__init__(
            _("This step is not in the case's plan. Read the case again and choose one of its own.")
        )


class CameraMissing(AlarmRefused):
    """Nobody can have looked at a camera where none is linked."""

    field = "step"

    def __init__(self) -> None:
        super().__init__(
            _(
                "No camera is linked to the zones of this case, so nobody can have looked. Say that the step "
                "cannot be done, with “no camera here” as the reason, or link the zone's camera first."
            )
        )


class DeedMissing(AlarmRefused):
    """A call was not made, or nothing was decided. ``kind`` is the step's."""

    field = "step"

    def __init__(self, kind: str) -> None:
        if kind == StepKind.CALL:
            text = _("No call is kept yet. Say first how a call went, or why the step is not possible.")
        else:
            text = _(
                "Nothing is decided yet. Ask for the police, send a guard or call off: that is this step. Or "
                "say why it is not possible."
            )
        super().__init__(text)


class ValueUnknown(AlarmRefused):
    """A value is none of those known."""

    def __init__(self, field: str, value: object, known: Sequence[str]) -> None:
        self.field = field
        super().__init__(
            _("“%(value)s” is not known here. Choose one of: %(known)s.")
            % {"value": value, "known": ", ".join(known)}
        )


class NumberMissing(AlarmRefused):
    """A call without contact and number."""

    field = "number"

    def __init__(self) -> None:
        super().__init__(_("Say who was called: choose a contact, or write the number."))


class NumberWrong(AlarmRefused):
    """What was called is nothing that a telephone could call."""

    field = "number"

    def __init__(self, number: str) -> None:
        super().__init__(
            _("“%(number)s” cannot be dialed. Write the number that was called, such as 916-555-0100.")
            % {"number": number}
        )


class ContactUnknown(AlarmRefused):
    """The contact is not on the call list of the case's site."""

    field = "contact"

    def __init__(self) -> None:
        super().__init__(
            _(
                "This contact is not on the call list of the case's site. Choose one from it, or write the "
                "number."
            )
        )


class CallsMissing(AlarmRefused):
    """Two calls to different numbers come before the police (ANSI/TMA CS-V-01)."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            _(
                "%(reason)s Call a second number, or add evidence that somebody is there (level 2 or more), "
                "before the police are sent."
            )
            % {"reason": reason}
        )


class AgencyMissing(AlarmRefused):
    """The jurisdiction of the ground is not known."""

    field = "agency"

    def __init__(self) -> None:
        super().__init__(
            _("The jurisdiction of this site is not known. Choose city or county, then enter it at the site.")
        )


class AgencyWrong(AlarmRefused):
    """The ground lies in the other jurisdiction."""

    field = "agency"

    def __init__(self, right: Sequence[str]) -> None:
        super().__init__(
            _("The site lies in another jurisdiction. Choose one of: %(right)s; or correct the site.")
            % {"right": ", ".join(right)}
        )


class AlreadySent(AlarmRefused):
    """Police or guard have been sent already."""

    def __init__(self) -> None:
        super().__init__(_("They have been sent already. Call them off first, or write a note."))


class NobodySent(AlarmRefused):
    """There is nobody to call off."""

    def __init__(self) -> None:
        super().__init__(_("This case was called off already. Write a note instead."))


class StepsOpen(AlarmRefused):
    """Required steps are neither done nor said to be impossible."""

    def __init__(self, steps: Sequence[str]) -> None:
        self.steps = list(steps)
        super().__init__(
            _("Not closed: these steps are open: %(steps)s. Do each, or say why it is not possible.")
            % {"steps": "; ".join(steps)}
        )


class DispositionMissing(AlarmRefused):
    """Nothing closes without saying how it ended."""

    field = "disposition"

    def __init__(self) -> None:
        super().__init__(_("Say how it ended: choose a disposition."))


class CauseMissing(AlarmRefused):
    """Nothing closes without a cause."""

    field = "cause"

    def __init__(self) -> None:
        super().__init__(_("Say what set it off: choose a cause. “Not found out” is an answer too."))


class ConfirmationMissing(AlarmRefused):
    """A case that tells of a threat is not closed as if there had been none, without a second word."""

    field = "confirmation"

    def __init__(self, level: int) -> None:
        super().__init__(
            _(
                "This case stands at level %(level)d: a threat is known. Choose how it really ended, or say "
                "what speaks against the threat (“confirmation”), and close it once more."
            )
            % {"level": level}
        )


class OwnHandOver(AlarmRefused):
    """Who wrote a hand-over cannot be the one who takes it over."""

    def __init__(self) -> None:
        super().__init__(_("You wrote this hand-over yourself; whoever takes over reads it."))


class TimesWrong(AlarmRefused):
    """Times of a test or schedule are not in order, or too far apart."""

    def __init__(self, message: str, *, field: str = "ends") -> None:
        self.field = field
        super().__init__(message)


class AccountWrong(AlarmRefused):
    """An account that no panel can have."""

    field = "account"

    def __init__(self) -> None:
        super().__init__(_("An account is 3 to 16 hexadecimal digits, such as 0012 or AB01."))


class KeyWrong(AlarmRefused):
    """A key that is none. The message never repeats it."""

    field = "key_hex"

    def __init__(self, said: str) -> None:
        super().__init__(said)
