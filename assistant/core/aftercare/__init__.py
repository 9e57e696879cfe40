"""Aftercare by the person's own date: what to avoid, do, expect and ask, and from when on something is fine.

Rules are in ``data/aftercare.yml``, a clinic's own in ``clinic/aftercare.yml``. Every function takes moments that know
their time zone; what it gives back is in the zone of the treatment, the person's own.
"""
