"""The words that false-alarm statistics count by: causes, dispositions, kinds of detector.

The causes are those that the district published to its principals (holiday mobiles and banners, loose
posters, heating and cooling left on, staff who enter armed sites) and those of the literature on false
alarms (user error at entry and exit, weather, animals, equipment, line).
"""

from enum import StrEnum
from typing import Final


class Cause(StrEnum):
    """What set an activation off, as its operator coded it."""

    USER_ENTRY_EXIT = "user_entry_exit"
    STAFF_ON_ARMED_SITE = "staff_on_armed_site"
    HVAC = "hvac"
    HANGING_DECORATION = "hanging_decoration"
    WEATHER = "weather"
    ANIMAL = "animal"
    EQUIPMENT = "equipment"
    LINE = "line"
    UNKNOWN = "unknown"


class Disposition(StrEnum):
    """How an activation ended. What is still open has none."""

    CRIME = "crime"
    ATTEMPT = "attempt"
    AUTHORISED_TEST = "authorised_test"
    FALSE = "false"


class DeviceKind(StrEnum):
    """What kind of detector a zone holds."""

    MOTION = "motion"
    DUAL_TECHNOLOGY = "dual_technology"
    CONTACT = "contact"
    GLASS_BREAK = "glass_break"
    BEAM = "beam"
    BUTTON = "button"
    PANEL = "panel"
    OTHER = "other"


CAUSE_WORDS: Final[dict[Cause, str]] = {
    Cause.USER_ENTRY_EXIT: "user error at entry or exit",
    Cause.STAFF_ON_ARMED_SITE: "staff on an armed site",
    Cause.HVAC: "HVAC",
    Cause.HANGING_DECORATION: "hanging decoration",
    Cause.WEATHER: "weather",
    Cause.ANIMAL: "animals",
    Cause.EQUIPMENT: "equipment",
    Cause.LINE: "line",
    Cause.UNKNOWN: "cause unknown",
}
"""Each cause in the words of a sentence."""
