"""The loss that weights of candidates are learned with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np


def conditional_loss(
    matrix: Any, groups: Any, chosen: Any, counts: Any, penalty: float
) -> Callable[[Any], tuple[float, Any]]:
    """Penalised negative likelihood of the chosen candidates, with its gradient."""
    starts = np.searchsorted(groups, np.arange(groups[-1] + 1))

    def loss(weights: Any) -> tuple[float, Any]:
        sums = matrix @ weights
        top = np.maximum.reduceat(sums, starts)
        shares = np.exp(sums - top[groups])
        whole = np.add.reduceat(shares, starts)
        value = -(counts * (sums[chosen] - top - np.log(whole))).sum() + penalty * (weights @ weights) / 2
        slope = shares / whole[groups]
        slope[chosen] -= 1
        slope *= counts[groups]
        return value, matrix.T @ slope + penalty * weights

    return loss
