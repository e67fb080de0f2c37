# The page, the API and the commands in one image: docker build -t policy-assistant .
# Without a network: `pip download -r constraints.txt -d wheels` on a machine of the same kind first, then
# docker build --build-arg PIP_NO_INDEX=1 -t policy-assistant .
ARG PYTHON_IMAGE=python:3.13-slim

FROM ${PYTHON_IMAGE} AS build
ARG PIP_NO_INDEX=""
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /build
# Named with a file that is always there: there need be no folder of wheels.
COPY constraints.txt wheels* /wheels/
COPY pyproject.toml README.md LICENSE app.py cli.py server.py start.py ./
COPY assistant ./assistant
COPY ingest ./ingest
COPY prompts ./prompts
COPY vectorstore ./vectorstore
COPY examples ./examples
COPY .streamlit/config.toml ./.streamlit/config.toml
# pip takes an empty setting for none.
RUN PIP_NO_INDEX="${PIP_NO_INDEX:-0}" pip install --target /opt/policy --find-links /wheels \
    --constraint /wheels/constraints.txt ".[api,mcp,metrics,milvus,postgresql,s3,sign-in,traces]"

FROM ${PYTHON_IMAGE}
RUN useradd --uid 10001 --no-create-home --home-dir /tmp policy && mkdir /data /files && chown policy /data /files
COPY --from=build /opt/policy /opt/policy
ENV PATH=/opt/policy/bin:$PATH PYTHONPATH=/opt/policy PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 \
    HOME=/tmp POLICY_DATA_DIR=/data
USER policy
WORKDIR /data
VOLUME /data
EXPOSE 8501 8600
# That of the page; the compose files have that of the API.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8501/_stcore/health', timeout=4)"]
# What listens beyond the container is decided by the ports that are published.
CMD ["python", "-P", "-m", "streamlit", "run", "/opt/policy/server.py", "--server.address", "0.0.0.0", \
     "--server.port", "8501", "--logger.level", "warning"]
