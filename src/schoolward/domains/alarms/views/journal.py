"""Signals down to their bytes, the journal that keeps them, and the receivers that write it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from schoolward.domains.alarms import journal as chain
from schoolward.domains.alarms import queries
from schoolward.domains.alarms.models import JournalSegment, Lease, Signal
from schoolward.domains.alarms.presence import is_presence
from schoolward.domains.alarms.queries.systems import Backlog, Presence, presence_of_older
from schoolward.platform.access.permissions import may
from schoolward.platform.access.views import requires, viewer_of

PROVED_AT_ONCE = 200
"""Segments of each chain that the page proves, the newest. The whole chain is proved by the command."""
SEGMENTS_SHOWN = 40
BYTES_A_LINE = 16
DUTIES = {
    "case-builder": gettext_lazy("Reads what was received into cases"),
    "supervision": gettext_lazy("Watches which systems fall silent"),
}
"""What the holder of a lease does, by the lease's name."""


@require_safe
@requires("alarms.view")
def signal_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One signal; its frame as it was received for those who keep or audit alarms."""
    viewer = viewer_of(request)
    signal: Signal = get_object_or_404(queries.signals(viewer), pk=pk)
    frame = queries.frame_of(signal) if may(viewer, "alarms.journal") else None
    context = {
        "signal": signal,
        "breadcrumbs": [(_("Signals"), reverse("alarms:signals")), (str(signal), "")],
        "frame": frame,
        "dump": dump(frame.frame) if frame is not None else "",
        "may_read_frames": may(viewer, "alarms.journal"),
    }
    return render(request, "alarms/signal.html", context)


def dump(data: bytes) -> str:
    """The bytes as lines of offset, hexadecimal digits, and the text that is printable."""
    lines = []
    for start in range(0, len(data), BYTES_A_LINE):
        part = data[start : start + BYTES_A_LINE]
        text = "".join(chr(byte) if 32 <= byte < 127 else "." for byte in part)
        lines.append(f"{start:04x}  {part.hex(' '):<{BYTES_A_LINE * 3 - 1}}  {text}")
    return "\n".join(lines)


@dataclass(frozen=True)
class Proved:
    """What proving the newest part of one chain came to."""

    receiver: str
    segments: int
    first: int
    last: int
    fault: tuple[int, str] | None


@require_safe
@requires("alarms.journal")
def journal(request: HttpRequest) -> HttpResponse:
    """The chains: the newest part of each proved now, and the newest segments."""
    proved = [_prove(receiver) for receiver in queries.receivers()]
    newest = JournalSegment.objects.order_by("-pk").defer("payload")[:SEGMENTS_SHOWN]
    context = {
        "proved": proved,
        "broken": [one for one in proved if one.fault is not None],
        "segments": [(segment, bytes(segment.hash).hex()) for segment in newest],
        "at_once": PROVED_AT_ONCE,
    }
    return render(request, "alarms/journal.html", context)


def _prove(receiver: str) -> Proved:
    rows = JournalSegment.objects.filter(receiver=receiver).order_by("-sequence")[: PROVED_AT_ONCE + 1]
    held = list(rows)[::-1]
    anchor = held[0] if len(held) > PROVED_AT_ONCE else None
    part = held[1:] if anchor is not None else held
    previous = bytes(anchor.hash) if anchor is not None else chain.GENESIS
    expected = anchor.sequence + 1 if anchor is not None else 1
    fault: tuple[int, str] | None = None
    for segment in part:
        digest = chain.segment_hash(
            previous=previous, receiver=receiver, sequence=segment.sequence, payload=bytes(segment.payload)
        )
        if segment.sequence != expected:
            fault = (expected, "missing")
        elif bytes(segment.previous_hash) != previous or digest != bytes(segment.hash):
            fault = (segment.sequence, "changed")
        if fault:
            break
        previous, expected = digest, segment.sequence + 1
    return Proved(receiver, len(part), part[0].sequence, part[-1].sequence, fault)


@dataclass(frozen=True)
class Line:
    """One receiver as the page shows it."""

    backlog: Backlog
    presence: Presence


@require_safe
@requires("alarms.view")
def receivers(request: HttpRequest) -> HttpResponse:
    """Who receives, who was stopped or fell silent, how far the journal is read, when the last commit was."""
    viewer = viewer_of(request)
    present = queries.presences(at=viewer.at)
    lines = [
        Line(backlog, present.get(backlog.receiver) or presence_of_older(backlog))
        for backlog in queries.backlogs()
    ]
    leases = [lease for lease in Lease.objects.order_by("name") if not is_presence(lease.name)]
    context: dict[str, Any] = {
        "lines": lines,
        "waiting": sum(line.backlog.segments for line in lines),
        "leases": [(DUTIES.get(lease.name, lease.name), lease, lease.until > viewer.at) for lease in leases],
        "lost": queries.lost_links(viewer)[:20],
        "lost_count": queries.lost_links(viewer).count(),
    }
    return render(request, "alarms/receivers.html", context)
