"""Why a frame was refused, in the words of those who read it; reasons are `receiver.refusals.Reason`'s."""

from __future__ import annotations

#: What may have been done on purpose: each is a case. What is not here is noise until it becomes frequent.
SECURITY = {
    "wrong_key": "encrypted with another key",
    "plaintext": "not encrypted although the account has a key",
    "replay": "sent again by somebody: a replay",
    "unknown_encrypted": "encrypted, from an account that is not known",
}
_FAULTS = {
    "no_time": "encrypted, and without the time that encryption needs: set the panel to send it",
    "bad_crc": "the checksum is wrong",
    "malformed": "not a frame by the standard",
    "skew": "the panel's clock is wrong",
    "unreadable": "the data cannot be read",
    "failed": "the receiver failed at it",
}


def in_words(reason: str) -> str:
    """The reason as it is told; one of a later version as it is named."""
    return SECURITY.get(reason) or _FAULTS.get(reason) or reason.replace("_", " ")
