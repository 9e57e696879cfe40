"""Whether a message is an alarm, whatever it is about: one class against all others, weighed so that none is missed.

As one of sixty topics an alarm hides beside the question that it stands in ("can i shower, it has bled since ten").
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

ALARM_WEIGHT = 5.0
"""So many times a missed alarm counts as much as a false one."""
_ROUNDS = 300


def fit_alarm(features: Any, alarms: NDArray[np.bool_], C: float) -> LogisticRegression:  # noqa: N803  scikit-learn's
    """A regression on features [n, any] whose decision function gives log-odds; `C` is scikit-learn's."""
    if alarms.all() or not alarms.any():
        raise ValueError(
            "alarms need phrases that are some (metadata `urgent: true`) and phrases that are none"
        )
    weights = {False: 1.0, True: ALARM_WEIGHT}
    return LogisticRegression(C=C, class_weight=weights, max_iter=_ROUNDS).fit(features, alarms)
