# The action server: computes answers that depend on dates. Without Rasa and TensorFlow. Build from the root folder:
#   docker build -f deploy/actions.Dockerfile -t microneedling-actions:0.1.0 .
FROM python:3.10.18-slim-bookworm AS packages
WORKDIR /app
COPY requirements-uv.lock requirements-actions.lock ./
RUN pip install --no-cache-dir --require-hashes --only-binary :all: -r requirements-uv.lock
RUN uv venv && uv pip install --no-cache --require-hashes --only-binary :all: -r requirements-actions.lock

FROM python:3.10.18-slim-bookworm
RUN useradd --system --uid 10001 actions
WORKDIR /app
COPY --from=packages /app/.venv ./.venv
COPY actions ./actions
COPY clinic ./clinic
COPY data ./data
COPY assistant/__init__.py assistant/settings.py assistant/urls.py ./assistant/
COPY assistant/core ./assistant/core
RUN .venv/bin/python -m compileall -q .venv actions assistant || true
ENV PATH=/app/.venv/bin:$PATH HOME=/tmp PYTHONDONTWRITEBYTECODE=1 SANIC_HOST=0.0.0.0
USER 10001
EXPOSE 5055
CMD ["python", "-m", "actions.server"]
