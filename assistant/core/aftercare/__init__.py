"""Aftercare rules applied to a person's treatment date: what to avoid, do, expect or ask, and until when.

The rules are in ``data/aftercare.yml``, a clinic's own rules in ``clinic/aftercare.yml``. Functions take time zone
aware datetimes and return datetimes in the zone of the treatment, which is the person's own.
"""
