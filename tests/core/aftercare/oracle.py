"""Independent oracle for verdicts: the cautious reading of the articles, implemented a second time by other means.

It states only what must not be ``ok``. It uses elapsed hours and the person's local time, not the windows of
data/aftercare.yml.
"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

HOUR = timedelta(hours=1)
NEVER_AFTER = {
    "ice", "ice_it", "touch_face", "retinoids", "exfoliants", "harsh_products", "vitamin_c", "aloe_vera", "minoxidil",
    "after_ice", "after_touching", "after_products", "sunbathe", "after_sun", "weak_sunscreen", "painkillers",
    "opioids", "take_painkiller", "wash_otherwise", "scrub_face",
}  # fmt: skip
NEVER = {
    "blood_thinners", "isotretinoin", "topical_steroids", "antibiotics", "steroid_tablets", "numbing_cream",
    "aspirin", "other_cleansers", "active_creams", "prescription_retinoids",
}  # fmt: skip
ONE_DAY_AFTER = {"makeup", "wear_makeup", "after_makeup"}
ONE_WEEK_AFTER = {"anti_inflammatories", "after_pain_relief"}
FOUR_WEEKS_AFTER = {"session_interval", "results_duration"}
NEVER_BEFORE = {
    "anti_inflammatories", "prep_medication", "retinoids", "exfoliants", "harsh_products", "prep_skincare", "shave",
    "prep_shaving", "sunbathe", "paracetamol", "painkillers", "opioids", "take_painkiller", "scrub_face",
}  # fmt: skip

OF_ALL = sorted(
    set().union(NEVER_AFTER, NEVER, ONE_DAY_AFTER, ONE_WEEK_AFTER, FOUR_WEEKS_AFTER, NEVER_BEFORE)
)
"""All subjects that the oracle covers."""


def must_not_be_ok(subject: str, treated_at: datetime, moment: datetime) -> bool:
    """Return whether the cautious reading gives ``not_yet``, ``avoid`` or "ask" for the subject at this moment."""
    treated = treated_at.astimezone(timezone.utc)
    passed = moment.astimezone(timezone.utc) - treated
    if subject in NEVER:
        return True
    if passed >= timedelta():
        return _after(subject, treated_at, moment, passed)
    return subject in NEVER_BEFORE


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
    """Return the person's local time at the moment, as a naive datetime."""
    return moment.astimezone(timezone.utc).astimezone(treated_at.tzinfo).replace(tzinfo=None)
