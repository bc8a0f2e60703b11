"""Slows down what anybody may send without a sign-in: so many in so many seconds from one address."""

from __future__ import annotations

import hashlib

from django.core.cache import cache
from django.http import HttpRequest


def comes_too_often(request: HttpRequest, what: str, *, most: int, seconds: int) -> bool:
    """Whether one address has sent more than so many of a thing, this one counted.

    The address is kept as a hash, in memory, for so many seconds.
    """
    address = request.META.get("REMOTE_ADDR", "").encode()
    digest = hashlib.blake2b(address, key=what.encode()[:64], digest_size=16).hexdigest()
    key = f"slowing.{what}.{digest}"
    cache.add(key, 0, seconds)
    try:
        return cache.incr(key) > most
    except ValueError:  # it ran out in between
        return False
