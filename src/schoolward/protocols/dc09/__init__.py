"""SIA DC-09 (2007 to 2026): alarm panels' frames over TCP, UDP and TLS, bytes in and values out.

A receiver feeds what it reads to a `FrameStream`, reads each frame's header with `parse_envelope`, its body
with `open_body`, and answers with `acknowledge` and its sisters; nothing of a frame's events is decoded for
that. `decode_events` reads the two event codes, DC-03 ("SIA-DCS") and DC-05 Contact ID ("ADM-CID").
"""

from schoolward.protocols.dc09.answers import acknowledge, negative, respond, unable
from schoolward.protocols.dc09.building import build_frame
from schoolward.protocols.dc09.cipher import Key, prepare_key
from schoolward.protocols.dc09.content import Body, idempotence_digest, open_body
from schoolward.protocols.dc09.decoding import decode_events
from schoolward.protocols.dc09.errors import ContentMalformed, Dc09Error, KeyMalformed, WrongKey
from schoolward.protocols.dc09.events import Event
from schoolward.protocols.dc09.extended import Extended, read_extended
from schoolward.protocols.dc09.frame import Envelope, parse_envelope
from schoolward.protocols.dc09.framing import FrameStream, cut
from schoolward.protocols.dc09.profile import DEFAULT, PROFILES, Profile

__all__ = [
    "DEFAULT",
    "PROFILES",
    "Body",
    "ContentMalformed",
    "Dc09Error",
    "Envelope",
    "Event",
    "Extended",
    "FrameStream",
    "Key",
    "KeyMalformed",
    "Profile",
    "WrongKey",
    "acknowledge",
    "build_frame",
    "cut",
    "decode_events",
    "idempotence_digest",
    "negative",
    "open_body",
    "parse_envelope",
    "prepare_key",
    "read_extended",
    "respond",
    "unable",
]
