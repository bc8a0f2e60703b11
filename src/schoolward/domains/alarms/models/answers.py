"""The words in which answers are kept in a case's entries: calls, evidence, and whom police were asked of."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class CallOutcome(models.TextChoices):
    """How a call ended."""

    NO_ANSWER = "no_answer", _("No answer")
    BUSY = "busy", _("Busy")
    VOICEMAIL = "voicemail", _("Voicemail")
    WITH_PASSCODE = "with_passcode", _("Answered, with the passcode: all is well")
    WITHOUT_PASSCODE = "without_passcode", _("Answered, without the passcode")
    WRONG_PASSCODE = "wrong_passcode", _("Answered, with a wrong passcode")
    ASKS_FOR_HELP = "asks_for_help", _("Answered, and asks for help")
    WRONG_NUMBER = "wrong_number", _("Wrong number")


#: Calls that somebody answered.
ANSWERED = frozenset(
    {
        CallOutcome.WITH_PASSCODE,
        CallOutcome.WITHOUT_PASSCODE,
        CallOutcome.WRONG_PASSCODE,
        CallOutcome.ASKS_FOR_HELP,
    }
)


class EvidenceKind(models.TextChoices):
    """What an operator can say that was seen or heard, one key each. The level follows from it (AVS-01).

    The values are those of `analysis.alarm_verification.EvidenceKind` that a person can give; the others come
    from signals and calls.
    """

    VIDEO_SHOWS_PERSON = "video_shows_person", _("Video shows a person")
    AUDIO_HEARS_PERSON = "audio_hears_person", _("A person is heard")
    WITNESS_REPORTS_PERSON = "witness_reports_person", _("Somebody on site saw a person")
    ZONES_IN_SEQUENCE = "zones_in_sequence", _("A second zone was set off")
    FORCED_ENTRY_SEEN = "forced_entry_seen", _("Forced entry is seen")
    FORCED_ENTRY_HEARD = "forced_entry_heard", _("Forced entry is heard")
    THREAT_TO_PROPERTY = "threat_to_property", _("Theft or damage")
    THREAT_TO_LIFE = "threat_to_life", _("Threat to somebody's life")
    WEAPON_SEEN = "weapon_seen", _("A weapon is seen")
    DURESS_CODE = "duress_code", _("A duress word or code was used")
    VIDEO_SHOWS_NOBODY = "video_shows_nobody", _("Video shows nobody")
    KEYHOLDER_ON_SITE = "keyholder_on_site", _("Keyholder is on site")
    AUTHORISED_PERSON_SEEN = "authorised_person_seen", _("Whoever is there is known and may be there")
    CANCELLED_WITH_PASSCODE = "cancelled_with_passcode", _("Called off with the passcode")
    GUARD_FOUND_NOTHING = "guard_found_nothing", _("Guard searched and found nothing")
    OFFICERS_FOUND_NOTHING = "officers_found_nothing", _("Officers searched and found nothing")


class PoliceAgency(models.TextChoices):
    """Whom the police are asked of: by the ground's jurisdiction, and by how urgent it is.

    What the installation calls each, and its number, are kept with the agencies (`queries.responders`); these
    labels stand where nothing is kept.
    """

    CITY_911 = "city_911", _("Police of the city, emergency")
    CITY_NON_EMERGENCY = "city_non_emergency", _("Police of the city, non-emergency")
    COUNTY_911 = "county_911", _("Police of the county, emergency")
    COUNTY_NON_EMERGENCY = "county_non_emergency", _("Police of the county, non-emergency")
