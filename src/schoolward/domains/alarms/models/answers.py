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
    """What an operator can say that was seen or heard, one key each. The level follows from it (AVS-01)."""

    VIDEO_PRESENCE = "video_presence", _("Video shows a person")
    AUDIO_PRESENCE = "audio_presence", _("Sound of a person")
    VIDEO_CLEAR = "video_clear", _("Video shows nobody, and nothing out of order")
    SECOND_ZONE = "second_zone", _("A second zone was set off")
    WITNESS = "witness", _("Somebody on site saw a person")
    BREAK_IN_SIGNS = "break_in_signs", _("Signs of a break-in")
    THREAT_PROPERTY = "threat_property", _("Threat to property: breaking in, stealing, damaging")
    WEAPON = "weapon", _("A weapon was seen")
    THREAT_LIFE = "threat_life", _("Threat to somebody's life")
    KEYHOLDER_ON_SITE = "keyholder_on_site", _("Keyholder is on site")
    STAFF_KNOWN = "staff_known", _("Whoever is there is known and may be there")
    ON_SITE_CLEAR = "on_site_clear", _("Somebody on site found nothing")


class PoliceAgency(models.TextChoices):
    """Whom the police are asked of: by the ground's jurisdiction, and by how urgent it is."""

    CITY_911 = "city_911", _("City, 911")
    CITY_NON_EMERGENCY = "city_non_emergency", _("City, non-emergency")
    COUNTY_911 = "county_911", _("County sheriff, 911")
    COUNTY_NON_EMERGENCY = "county_non_emergency", _("County sheriff, non-emergency")
