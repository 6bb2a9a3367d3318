# Taure in a container: docker build -t taure . && docker run -p 8080:8080 -v taure:/data taure
# The first start prints a one-time link; put your own address in front of its path.
FROM rust:1-slim-bookworm AS build
WORKDIR /build
COPY . .
RUN cargo build --release --locked --bin taure

# The same Debian as the builder's, for its glibc; nothing is installed, since the binary brings SQLite, the pages
# and the list of certificate authorities.
FROM debian:bookworm-slim
RUN useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin taure \
 && install --directory --owner=taure --group=taure --mode=700 /data
COPY --from=build /build/target/release/taure /usr/local/bin/taure
COPY LICENSE /usr/share/doc/taure/
USER taure
ENV TAURE_DATA=/data TAURE_LISTEN=0.0.0.0:8080
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s CMD ["taure", "health"]
ENTRYPOINT ["taure"]
CMD ["serve"]
