"""The cautious reading of the articles, written down a second time and by other means, to hold the verdicts against.

It says only what must not be ``ok``. It reckons with elapsed hours and with what the person's clock shows, not with
the windows of data/aftercare.yml.
"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

HOUR = timedelta(hours=1)
NEVER_AFTER = {
    "ice", "ice_it", "touch_face", "retinoids", "exfoliants", "harsh_products", "vitamin_c", "aloe_vera", "minoxidil",
    "after_ice", "after_touching", "after_products",
}  # fmt: skip
NEVER = {
    "blood_thinners", "isotretinoin", "topical_steroids", "antibiotics", "steroid_tablets", "numbing_cream",
}  # fmt: skip
ONE_DAY_AFTER = {"makeup", "wear_makeup", "sunbathe", "after_makeup", "after_sun"}
ONE_WEEK_AFTER = {"anti_inflammatories", "after_pain_relief"}
FOUR_WEEKS_AFTER = {"session_interval", "results_duration"}
TWO_DAYS_BEFORE = {"retinoids", "exfoliants", "harsh_products", "prep_skincare"}
NEVER_BEFORE = {"anti_inflammatories", "prep_medication"}

OF_ALL = sorted(
    {"shave"}.union(
        NEVER_AFTER, NEVER, ONE_DAY_AFTER, ONE_WEEK_AFTER, FOUR_WEEKS_AFTER, TWO_DAYS_BEFORE, NEVER_BEFORE
    )
)
"""All that it speaks of."""


def must_not_be_ok(subject: str, treated_at: datetime, moment: datetime) -> bool:
    """Whether the cautious reading says ``not_yet``, ``avoid`` or "ask" for the subject at this moment."""
    treated = treated_at.astimezone(timezone.utc)
    passed = moment.astimezone(timezone.utc) - treated
    if subject in NEVER:
        return True
    if passed >= timedelta():
        return _after(subject, treated_at, moment, passed)
    if subject == "shave":
        return _clock(moment, treated_at).date() == _clock(treated_at, treated_at).date()
    return subject in NEVER_BEFORE or (subject in TWO_DAYS_BEFORE and -passed <= 48 * HOUR)


def _after(subject: str, treated_at: datetime, moment: datetime, passed: timedelta) -> bool:
    if subject in NEVER_AFTER:
        return True
    if subject in ONE_DAY_AFTER:
        return passed < 24 * HOUR
    if subject in ONE_WEEK_AFTER:
        return _clock(moment, treated_at) < _clock(treated_at, treated_at) + timedelta(days=7)
    if subject in FOUR_WEEKS_AFTER:
        return _clock(moment, treated_at) < _clock(treated_at, treated_at) + timedelta(days=28)
    return subject == "shave" and _clock(moment, treated_at).date() == _clock(treated_at, treated_at).date()


def _clock(moment: datetime, treated_at: datetime) -> datetime:
    """What the person's clock shows at the moment."""
    return moment.astimezone(timezone.utc).astimezone(treated_at.tzinfo).replace(tzinfo=None)
