"""The registry of topics: what an open page may follow. Each is declared in a domain's ``topics.py``.

A topic stands on rows that only grow and whose primary key counts up, so that "what came after number n?" has
one answer for everybody: the stream, a page that resumes, and one that polls.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that a page is told: its number in the topic, and what goes into the page's hands as JSON.

    ``campus_id`` is the site that it is about, so that whoever holds only some sites hears only of these;
    ``None`` is heard by those who hold every site.
    """

    number: int
    data: dict[str, Any]
    campus_id: int | None = None


@dataclass(frozen=True, slots=True)
class Topic:
    """Something to follow: who may, the number of the newest change, and the changes after a number."""

    name: str
    permission: str
    newest: Callable[[], int]
    after: Callable[[int, int], Sequence[Change]]


class UnknownTopic(LookupError):
    """There is no topic of this name."""


_topics: dict[str, Topic] = {}


def register(topic: Topic) -> Topic:
    """Add a topic. Raises ``ValueError`` when its name is taken."""
    if topic.name in _topics:
        raise ValueError(f"the topic {topic.name} is declared twice")
    _topics[topic.name] = topic
    return topic


def get(name: str) -> Topic:
    """The topic of this name. Raises :class:`UnknownTopic`."""
    try:
        return _topics[name]
    except KeyError:
        raise UnknownTopic(name) from None


def is_heard(change: Change, campus_ids: frozenset[int] | None) -> bool:
    """Whether somebody who holds these sites (``None``: every one) is told of the change."""
    return campus_ids is None or change.campus_id in campus_ids
