"""Binary alarm classifier, independent of the topic and weighted towards recall.

As one of sixty topics, an alarm would compete with the question that it appears in
("can i shower, it has bled since ten").
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

ALARM_WEIGHT = 5.0
"""Cost of a false negative relative to a false positive."""
_ROUNDS = 300


def fit_alarm(features: Any, alarms: NDArray[np.bool_], C: float) -> LogisticRegression:  # noqa: N803  scikit-learn's
    """Fit a logistic regression whose decision function gives log-odds of an alarm.

    Args:
        features: [n, any].
        alarms: [n].
        C: scikit-learn's inverse regularization strength.

    Raises:
        ValueError: the examples are all of one class.
    """
    if alarms.all() or not alarms.any():
        raise ValueError(
            "alarms need phrases that are some (metadata `urgent: true`) and phrases that are none"
        )
    weights = {False: 1.0, True: ALARM_WEIGHT}
    return LogisticRegression(C=C, class_weight=weights, max_iter=_ROUNDS).fit(features, alarms)
