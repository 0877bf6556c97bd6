"""Figures for Prometheus: routes and states only, no names, no text."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)


class _Queue(Collector):
    def __init__(self, count: Callable[[], dict[str, int]], starts: Callable[[], int]) -> None:
        self._count, self._starts = count, starts

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Jobs by state, and how often worker processes were started."""
        jobs = GaugeMetricFamily("extractor_jobs", "Jobs by state", labels=["state"])
        for state, number in self._count().items():
            jobs.add_metric([state], number)
        yield jobs
        yield GaugeMetricFamily("extractor_worker_starts", "Worker processes started", value=self._starts())


class Metrics:
    """The registry of one application."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter("extractor_requests", "Requests", ["route", "status"], registry=self._registry)
        self._seconds = Histogram(
            "extractor_request_seconds", "Time to answer", ["route"], buckets=SECONDS, registry=self._registry
        )

    def watch(self, count: Callable[[], dict[str, int]], starts: Callable[[], int]) -> None:
        """Show the queue too."""
        self._registry.register(_Queue(count, starts))

    def count_request(self, route: str, status: int, seconds: float) -> None:
        """Note one answer."""
        self._requests.labels(route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def render(self) -> bytes:
        """The text format."""
        return generate_latest(self._registry)
