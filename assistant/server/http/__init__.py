"""The Sanic application: settings, sessions, CORS, security headers and problem responses."""
