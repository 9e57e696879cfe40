"""Many assistants together: real PostgreSQL, Redis and nginx, from the system's packages."""
