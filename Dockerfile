# Two stages: the first installs exactly what uv.lock says, the second carries only the result and runs it as nobody special.
FROM python:3.13-slim AS build
WORKDIR /app
ENV UV_PYTHON_DOWNLOADS=never UV_LINK_MODE=copy UV_PROJECT_ENVIRONMENT=/opt/sitrep
RUN pip install --no-cache-dir uv==0.13.9
COPY pyproject.toml uv.lock README.md LICENSE NOTICE ./
RUN uv sync --locked --no-dev --no-install-project --compile-bytecode
COPY bot ./bot
COPY alembic ./alembic
RUN uv sync --locked --no-dev --no-editable --compile-bytecode

FROM python:3.13-slim
RUN useradd --system --uid 10001 --create-home --home-dir /data sitrep
COPY --from=build /opt/sitrep /opt/sitrep
ENV PATH=/opt/sitrep/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    SITREP_STORAGE__URL=sqlite:////data/sitrep.db
USER 10001
WORKDIR /data
VOLUME /data
# SIGTERM is the default stop signal: running sends are finished within ten seconds.
ENTRYPOINT ["sitrep"]
CMD ["run"]
