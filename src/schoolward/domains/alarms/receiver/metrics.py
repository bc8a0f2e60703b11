"""A receiver's numbers in Prometheus' text. They are collected when asked for: counting must cost nothing."""

from __future__ import annotations

from collections.abc import Iterator

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric

from schoolward.domains.alarms.receiver.receiving import Receiver
from schoolward.domains.alarms.receiver.status import Histogram, Status


def exposition(status: Status, receiver: Receiver, name: str) -> str:
    """All metrics of a receiver."""
    registry = CollectorRegistry()
    registry.register(_Collector(status, receiver, name))
    return generate_latest(registry).decode()


class _Collector:
    def __init__(self, status: Status, receiver: Receiver, name: str) -> None:
        self._status = status
        self._receiver = receiver
        self._name = name

    def collect(self) -> Iterator[Metric]:
        status, name = self._status, self._name
        frames = CounterMetricFamily(
            "schoolward_alarm_frames", "Frames by what became of them", labels=["receiver", "result"]
        )
        results = {
            "accepted": status.accepted,
            "unknown_account": status.unknown,
            "link_test": status.link_tests,
            **{reason.value: count for reason, count in self._receiver.refusals.counts.items()},
        }
        for result, count in results.items():
            frames.add_metric([name, result], count)
        yield frames
        counters = {
            "records_stored": ("Records that are durable, notes included", status.stored),
            "records_spooled": ("Records that went to the spool file", status.spooled),
            "segments": ("Segments that are durable", status.segments),
            "datagrams_dropped": ("Datagrams that came while reading was paused", status.dropped_datagrams),
            "junk_bytes": ("Bytes that belong to no frame, of ended connections", status.junk_bytes),
            "oversized_frames": ("Frames longer than there can be", status.oversized),
            "connections_refused": ("Connections beyond the cap", status.connections_refused),
            "replays_forgotten": (
                "Encrypted frames forgotten within their minute, at most, to keep memory bounded",
                self._receiver.replays.forgotten,
            ),
            "connections_cut": ("Connections that were cut for silence", status.connections_cut),
        }
        for key, (help_text, value) in counters.items():
            counter = CounterMetricFamily(f"schoolward_alarm_{key}", help_text, labels=["receiver"])
            counter.add_metric([name], value)
            yield counter
        accounts = self._receiver.accounts.by_id.values()
        gauges = {
            "queue_depth": ("Records that are received and not durable yet", status.waiting),
            "connections": ("Open connections", status.connections),
            "spool_bytes": ("Size of the spool file", status.spool_bytes),
            "database_down": ("1 while the database does not answer", int(bool(status.down_since))),
            "accounts_unread": (
                "1 while no accounts were ever read: nothing is acknowledged",
                int(not status.knows_from),
            ),
            "accounts_from_copy": (
                "1 while accounts are those of the last-known copy",
                int(status.knows_from == "copy"),
            ),
            "supervised": ("Supervised systems", sum(1 for system in accounts if system.supervision)),
            "lost": ("Systems that are lost", sum(1 for system in accounts if system.lost)),
            "supervises": ("1 in the process that watches the links", int(status.leads)),
        }
        for key, (help_text, value) in gauges.items():
            gauge = GaugeMetricFamily(f"schoolward_alarm_{key}", help_text, labels=["receiver"])
            gauge.add_metric([name], value)
            yield gauge
        for key, help_text, histogram in (
            ("commit_seconds", "Duration of a durable commit", status.commit_seconds),
            (
                "acknowledgement_seconds",
                "From a frame's arrival to its acknowledgement",
                status.acknowledgement_seconds,
            ),
        ):
            family = HistogramMetricFamily(f"schoolward_alarm_{key}", help_text, labels=["receiver"])
            family.add_metric([name], _buckets(histogram), histogram.sum)
            yield family


def _buckets(histogram: Histogram) -> list[tuple[str, float]]:
    counted, buckets = 0, []
    for bound, count in zip([*map(str, histogram.bounds), "+Inf"], histogram.counts, strict=True):
        counted += count
        buckets.append((bound, float(counted)))
    return buckets
