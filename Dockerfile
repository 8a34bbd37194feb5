# The service in a container: a virtual environment and the user that runs it, nothing that builds.
# Readable by the classic builder and by BuildKit. The root file system may be read-only.
ARG PYTHON=3.13-slim-bookworm

FROM python:${PYTHON} AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore
WORKDIR /src
RUN python -m venv /opt/builder && python -m venv /opt/companyfacts
COPY requirements-build.lock requirements-runtime.lock ./
RUN /opt/builder/bin/pip install --require-hashes --only-binary :all: -r requirements-build.lock \
    && /opt/companyfacts/bin/pip install --require-hashes --only-binary :all: -r requirements-runtime.lock
COPY pyproject.toml README.md LICENSE CHANGELOG.md ./
COPY migrations migrations
COPY docs docs
COPY service service
RUN /opt/builder/bin/pip wheel --no-deps --no-index --no-build-isolation --wheel-dir /wheels . \
    && /opt/companyfacts/bin/pip install --no-deps --no-index /wheels/companyfacts-*.whl \
    && /opt/companyfacts/bin/pip uninstall --yes pip

FROM python:${PYTHON}
# 10001 is no user of the host; the name and the directory are for those who run the image by itself,
# without a database URL, when it keeps its own Postgres there
RUN groupadd --gid 10001 companyfacts \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin companyfacts \
    && install --directory --owner 10001 --group 10001 --mode 0700 /var/lib/companyfacts
COPY --from=build /opt/companyfacts /opt/companyfacts
ENV PATH=/opt/companyfacts/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    COMPANYFACTS_HOST=0.0.0.0 \
    COMPANYFACTS_DATA_DIR=/var/lib/companyfacts
USER 10001:10001
WORKDIR /
EXPOSE 8000
VOLUME /var/lib/companyfacts
# alive, rather than ready: a database that is away must not get the service restarted
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 CMD ["python", "-c", "\
import http.client, os\n\
port = int(os.environ.get('COMPANYFACTS_PORT') or 8000)\n\
connection = http.client.HTTPConnection('127.0.0.1', port, timeout=4)\n\
connection.request('GET', '/healthz')\n\
raise SystemExit(connection.getresponse().status != 200)\n\
"]
ENTRYPOINT ["companyfacts"]
CMD ["serve"]
