"""Log redaction, metrics, the turn log, request ids and readiness reports."""
