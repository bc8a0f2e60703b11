"""Panel keys at rest: sealed with a key that is derived from the installation's secret.

A copy of the database alone does not give the keys away. The secret is passed in, so that a receiver, an
import and a test seal alike without Django.
"""

from __future__ import annotations

import base64
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_PURPOSE = b"schoolward alarm keys"


class KeyNotUnsealed(ValueError):
    """A sealed key that this installation's secret does not open: it was sealed with another, or damaged."""


def seal(key: str, secret: str) -> str:
    """The panel's key, sealed (Fernet: AES-128-CBC with HMAC-SHA256). An empty key stays empty."""
    return _box(secret).encrypt(key.encode()).decode("ascii") if key else ""


def unseal(sealed: str, secret: str) -> str:
    """The panel's key as it was given. Raises :class:`KeyNotUnsealed`."""
    if not sealed:
        return ""
    try:
        return _box(secret).decrypt(sealed.encode()).decode()
    except (InvalidToken, UnicodeDecodeError):
        raise KeyNotUnsealed(
            "the panel's key cannot be opened with this installation's secret key; enter the panel's key anew"
        ) from None


@lru_cache(maxsize=4)
def _box(secret: str) -> Fernet:
    """The box of a secret (HKDF-SHA256). Kept, because a receiver opens a million keys at its start."""
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=_PURPOSE).derive(secret.encode())
    return Fernet(base64.urlsafe_b64encode(derived))
