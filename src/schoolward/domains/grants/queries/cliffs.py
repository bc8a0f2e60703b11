"""Posts and who pays them until when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from schoolward.analysis.grants.cliff import Cliff, Span, cliff, spans
from schoolward.domains.grants.models import Position

LOOKED_AHEAD = timedelta(days=5 * 365)


@dataclass(frozen=True)
class Post:
    """A position on a day: where its full pay ends, and every span of its funding."""

    position: Position
    on: date
    cliff: Cliff
    spans: tuple[Span, ...]

    @property
    def months(self) -> float:
        """Months of full pay that are left."""
        return self.cliff.months(self.on)

    @property
    def is_over(self) -> bool:
        """Whether the post itself has ended."""
        return self.position.ends is not None and self.position.ends < self.on


def posts(positions: Iterable[Position], *, on: date) -> list[Post]:
    """Each post with its cliff seen from ``on``; the nearest cliff first."""
    made = []
    for position in positions:
        strands = [funding.as_strand() for funding in position.funding.all()]
        until = position.ends or max([on + LOOKED_AHEAD, *(strand.end for strand in strands)])
        first = min([position.starts, *(strand.start for strand in strands)])
        made.append(
            Post(
                position,
                on,
                cliff(strands, today=on, until=max(on, until)),
                tuple(spans(strands, start=first, end=max(first, until))),
            )
        )
    return sorted(
        made, key=lambda post: (post.is_over, post.cliff.secured_to or date.min, post.position.title)
    )
