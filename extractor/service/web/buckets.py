"""Token buckets: how often one may come."""

from __future__ import annotations

import time
from collections import OrderedDict

KNOWN = 20_000  # callers remembered


class Buckets:
    """One bucket a caller, filled at ``rate`` a second up to ``burst``."""

    def __init__(self, rate: float, burst: float) -> None:
        self._rate, self._burst = rate, burst
        self._levels: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, caller: str, amount: float = 1.0) -> float:
        """Take ``amount``; 0.0 when it was there, else seconds until it will be."""
        now = time.monotonic()
        level, seen = self._levels.pop(caller, (self._burst, now))
        level = min(self._burst, level + (now - seen) * self._rate)
        granted = level >= amount
        self._levels[caller] = (level - amount if granted else level, now)
        if len(self._levels) > KNOWN:
            self._levels.popitem(last=False)
        return 0.0 if granted else (amount - level) / self._rate
