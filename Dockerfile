# syntax=docker/dockerfile:1
FROM rust:1.95-slim-bookworm AS build
# aws-lc and SQLite are built from C.
RUN apt-get update \
 && apt-get install -y --no-install-recommends build-essential \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY . .
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/source/target \
    cargo build --release --locked --bin privacy-gateway \
 && cp target/release/privacy-gateway /privacy-gateway

FROM debian:bookworm-slim
# The certificates of the issuers are checked against the system's.
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --home-dir /var/lib/privacy-gateway --create-home --shell /usr/sbin/nologin gateway
COPY --from=build /privacy-gateway /usr/local/bin/privacy-gateway
USER 10001
WORKDIR /var/lib/privacy-gateway
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s --retries=3 CMD ["privacy-gateway", "healthcheck"]
ENTRYPOINT ["privacy-gateway"]
CMD ["serve"]
