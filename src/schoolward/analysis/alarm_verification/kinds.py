"""What kind of signal a case is about, as far as verification and urgency ask."""

from enum import StrEnum


class SignalKind(StrEnum):
    """The gravest kind of signal in a case."""

    HOLD_UP = "hold_up"
    PANIC = "panic"
    DURESS = "duress"
    FIRE = "fire"
    MEDICAL = "medical"
    BURGLARY = "burglary"
    TAMPER = "tamper"
    RUNAWAY = "runaway"
    UNKNOWN = "unknown"
    SECURITY = "security"
    RECEIVER = "receiver"
    ENVIRONMENT = "environment"
    SUPERVISION = "supervision"
    TROUBLE = "trouble"
    SCHEDULE = "schedule"
    TEST = "test"
