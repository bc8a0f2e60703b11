"""How strictly the frames of one line are read: panels of many makes have dialects of their own."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """The dialect of one line, and what its panels are answered.

    ``crc``      hex: four digits; binary: two raw bytes (the answer then uses them too); either.
    ``length``   strict: hexadecimal and right; decimal: a decimal count will do as well; lax: not held
                 against the frame (`Envelope.length_ok` still tells the truth).
    ``charset``  of texts in the data and the extended data.
    ``key``      how the line's keys are written: hexadecimal digits, or the key's own characters.
    ``time``     a timestamp outside the window is answered NAK (strict), stored and marked (flag) or not
                 looked at (ignore). An encrypted frame has one in every edition.
    ``duh``      whether a frame with data that cannot be read may be answered "cannot process".
    ``bad_crc``  silent: the panel times out and resends, as the standard has it; nak: some wait for it.
    """

    name: str
    title: str
    crc: Literal["hex", "binary", "either"] = "either"
    length: Literal["strict", "decimal", "lax"] = "strict"
    charset: Literal["utf-8", "cp1252"] = "utf-8"
    key: Literal["hex", "ascii", "either"] = "either"
    time: Literal["strict", "flag", "ignore"] = "strict"
    duh: Literal["never", "unparsable"] = "never"
    bad_crc: Literal["silent", "nak"] = "silent"


DEFAULT: Final = Profile(name="standard", title="By the standard; both forms of the CRC, both forms of a key")

_KNOWN: Final = (
    DEFAULT,
    Profile(name="strict", title="By the standard alone, hexadecimal throughout", crc="hex", key="hex"),
    Profile(
        name="lenient",
        title="Whatever has a right CRC: for finding out what a line sends",
        length="lax",
        time="flag",
    ),
    Profile(name="ajax", title="Ajax: keys as characters, no account inside the data", key="ascii"),
    Profile(
        name="eldes", title="ELDES: the length as a decimal count", length="decimal", key="ascii", time="flag"
    ),
    Profile(
        name="lupus", title="Lupus, Climax: the CRC as two raw bytes", crc="binary", key="ascii", time="flag"
    ),
    Profile(name="trikdis", title="Trikdis: the CRC as two raw bytes", crc="binary", key="ascii"),
    Profile(
        name="g90b", title="G90B: the CRC as two raw bytes, its clock never set", crc="binary", time="ignore"
    ),
    Profile(name="dahua", title="Dahua: several frames in one packet", key="either", time="flag"),
    Profile(name="hikvision", title="Hikvision: hexadecimal keys, texts in UTF-8", key="hex", time="flag"),
    Profile(
        name="western-europe", title="Older European panels: texts in cp1252", charset="cp1252", time="flag"
    ),
)

PROFILES: Final = MappingProxyType({profile.name: profile for profile in _KNOWN})
"""Every named profile. A name, once given, keeps its meaning: lines of an installation refer to it."""
