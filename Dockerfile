# The sandbox as a container, for every language: a whole loyalty service for tests.
#   docker build --tag vinr-sandbox .
#   docker run --rm --publish 127.0.0.1:8321:8321 --volume vinr-sandbox:/data vinr-sandbox
# More options of `vinr sandbox serve` go behind the image's name: --seed 7, --open-control.

FROM python:3.13-slim-trixie AS build
WORKDIR /source
COPY pyproject.toml constraints.txt README.md AGENTS.md LICENSE ./
COPY vinr vinr
RUN python -m venv /opt/vinr \
    && /opt/vinr/bin/pip install --no-cache-dir --constraint constraints.txt '.[sandbox,cli]'

FROM python:3.13-slim-trixie
RUN useradd --system --no-log-init --uid 10001 --no-create-home vinr \
    && install --directory --owner=10001 /data
COPY --from=build /opt/vinr /opt/vinr
ENV PATH=/opt/vinr/bin:$PATH

# By number, so that Kubernetes sees that it is not root.
USER 10001
VOLUME /data
EXPOSE 8321
HEALTHCHECK --interval=5s --timeout=3s --start-period=10s \
    CMD ["python", "-c", "from http.client import HTTPConnection as C; c = C('127.0.0.1', 8321, timeout=2); c.request('GET', '/_sandbox/health'); raise SystemExit(c.getresponse().status != 200)"]
ENTRYPOINT ["vinr", "sandbox", "serve", "--host", "0.0.0.0", "--port", "8321", "--db", "/data/members.sqlite"]
