"""Panels that are not there: accounts, keys, numbers, and what such panels say. All of it is invented."""

from __future__ import annotations

import hashlib
import random
from dataclasses import dataclass, field
from datetime import datetime

from schoolward.protocols.dc09 import DEFAULT, Key, Profile, build_frame, prepare_key

LAST_SEQUENCE = 9999
#: What panels of schools say, with its share: mostly openings and closings, and alarms that restore.
SAYINGS: tuple[tuple[int, str], ...] = (
    (22, "Nri{area}OP{user}"),
    (22, "Nri{area}CL{user}"),
    (12, "Nri{area}BA{zone}"),
    (10, "Nri{area}BR{zone}"),
    (8, "Nri{area}BV{zone}"),
    (6, "Nri{area}BC{user}"),
    (5, "Nri{area}BT{zone}"),
    (4, "NAT{zone}"),
    (4, "NAR{zone}"),
    (3, "NRP0000"),
    (2, "Nri{area}TA{zone}"),
    (1, "Nri{area}PA{zone}"),
    (1, "Nri{area}FA{zone}"),
)
_SHARES = [share for share, _saying in SAYINGS]
_TEXTS = [saying for _share, saying in SAYINGS]
#: Makes whose data do not repeat the account of the header.
_NO_ACCOUNT_INSIDE = frozenset({"ajax"})
ZONES, USERS, AREAS = 24, 40, 3


@dataclass
class Panel:
    """One panel with its clock and its counter."""

    account: str
    key_text: str = ""
    receiver: bytes | None = None
    line: bytes = b"0"
    sequence: int = 0
    profile: Profile = DEFAULT
    """Its maker's habits: the form of its CRC, of its length and of its key."""
    key: Key | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        if self.key_text and self.key is None:
            self.key = prepare_key(self.key_text, self.profile.key)

    def next_sequence(self) -> int:
        """The next number: 1 follows 9999."""
        self.sequence = self.sequence % LAST_SEQUENCE + 1
        return self.sequence

    def frame(
        self, sequence: int, data: bytes, at: datetime, *, key: Key | None = None, clear: bool = False
    ) -> bytes:
        """One event as the panel writes it now. ``key``: another than its own; ``clear``: not encrypted."""
        used = None if clear else key or self.key
        return build_frame(
            b"SIA-DCS",
            data,
            account=self.account.encode(),
            sequence=sequence,
            receiver=self.receiver,
            line=self.line,
            timestamp=at,
            key=used,
            account_inside=self.profile.name not in _NO_ACCOUNT_INSIDE,
            binary_crc=self.profile.crc == "binary",
            decimal_length=self.profile.length == "decimal",
        )

    def link_test(self, at: datetime) -> bytes:
        """The panel's "I am here"."""
        return build_frame(
            b"NULL",
            account=self.account.encode(),
            sequence=0,
            receiver=self.receiver,
            line=self.line,
            timestamp=at if self.key else None,
            key=self.key,
            account_inside=self.profile.name not in _NO_ACCOUNT_INSIDE,
            binary_crc=self.profile.crc == "binary",
            decimal_length=self.profile.length == "decimal",
        )


def invented_panels(count: int, *, seed: int, encrypted: bool, first: int = 0x1000) -> list[Panel]:
    """Panels under accounts of four or more digits; the same seed makes the same keys."""
    accounts = [f"{first + number:04X}" for number in range(count)]
    return [Panel(account, invented_key(account, seed) if encrypted else "") for account in accounts]


def invented_key(account: str, seed: int) -> str:
    """An AES-128 key in hexadecimal digits. It protects nothing: whoever knows the seed knows it."""
    return hashlib.sha256(f"simulated panel {seed} {account}".encode()).hexdigest()[:32].upper()


def saying(chance: random.Random) -> bytes:
    """One event's data, without account: DC-03 with area, and zone or user."""
    text: str = chance.choices(_TEXTS, _SHARES)[0]
    zone, user = chance.randint(1, ZONES), chance.randint(1, USERS)
    return text.format(area=chance.randint(1, AREAS), zone=f"{zone:03d}", user=f"{user:03d}").encode()
