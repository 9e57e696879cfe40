"""PostgreSQL, Redis and nginx on free loopback ports."""
