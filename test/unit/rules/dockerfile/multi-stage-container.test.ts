import { test } from "vitest";
import { toolchainInFinalStage as rule } from "../../../../server/src/rules/dockerfile/toolchain-in-final-stage.ts";
import { fixes, offersNothing } from "../../../support/check.ts";

test("users and groups come along in the dialect of the small image", () => {
  fixes(rule, "unsafe")`
    FROM golang:1.27
    RUN groupadd --gid 1200 app && \
        useradd --uid 1200 --gid app --create-home app
    WORKDIR /src
    COPY . .
    RUN go build -o /api .
    USER app:app
    HEALTHCHECK CMD wget -q -O /dev/null http://127.0.0.1:8080/
    CMD ["/api"]
    ->
    FROM golang:1.27 AS builder
    RUN groupadd --gid 1200 app && \
        useradd --uid 1200 --gid app --create-home app
    WORKDIR /src
    COPY . .
    RUN CGO_ENABLED=0 go build -o /api .

    FROM alpine:3.24
    RUN addgroup -g 1200 app && adduser -D -u 1200 -G app app
    COPY --from=builder /api /api
    USER app:app
    HEALTHCHECK CMD wget -q -O /dev/null http://127.0.0.1:8080/
    CMD ["/api"]
  `;
  fixes(rule, "unsafe")`
    FROM golang:1.27-bookworm
    ARG UID=1200
    RUN adduser --disabled-password --gecos "" --uid $UID app
    RUN CGO_ENABLED=0 go build -o /api .
    USER app
    CMD exec /api --port $PORT
    ->
    FROM golang:1.27-bookworm AS builder
    ARG UID=1200
    RUN adduser --disabled-password --gecos "" --uid $UID app
    RUN CGO_ENABLED=0 go build -o /api .

    FROM alpine:3.24
    ARG UID=1200
    RUN adduser -D -g "" -u $UID app
    COPY --from=builder /api /api
    USER app
    CMD exec /api --port $PORT
  `;
});

test("a user's number where nobody can be created", () => {
  fixes(rule, "unsafe")`
    FROM golang:1.27-alpine
    RUN adduser -D -u 1200 app
    RUN go build -o /api .
    USER app
    ENTRYPOINT ["/api"]
    ->
    FROM golang:1.27-alpine AS builder
    RUN adduser -D -u 1200 app
    RUN go build -o /api .

    FROM gcr.io/distroless/static-debian13:nonroot
    COPY --from=builder /api /api
    USER 1200:1200
    ENTRYPOINT ["/api"]
  `;
  fixes(rule, "unsafe")`
    FROM golang:1.27-alpine
    RUN go build -o /api .
    USER nobody
    ENTRYPOINT ["/api"]
    ->
    FROM golang:1.27-alpine AS builder
    RUN go build -o /api .

    FROM gcr.io/distroless/static-debian13:nonroot
    COPY --from=builder /api /api
    USER nobody
    ENTRYPOINT ["/api"]
  `;
});

test("a user that is named by its number keeps its group and home", () => {
  fixes(rule, "unsafe")`
    FROM golang:1.27-alpine
    RUN addgroup -S app && adduser -S -D -H -u 10001 -G app app
    RUN go build -o /api .
    USER 10001
    HEALTHCHECK CMD wget -q -O /dev/null http://127.0.0.1:8080/
    ENTRYPOINT ["/api"]
    ->
    FROM golang:1.27-alpine AS builder
    RUN addgroup -S app && adduser -S -D -H -u 10001 -G app app
    RUN go build -o /api .

    FROM alpine:3.24
    RUN addgroup -S app && adduser -S -D -H -u 10001 -G app app
    COPY --from=builder /api /api
    USER 10001
    HEALTHCHECK CMD wget -q -O /dev/null http://127.0.0.1:8080/
    ENTRYPOINT ["/api"]
  `;
});

test("the user's group stays where the user is set in front of the build", () => {
  fixes(rule, "unsafe")`
    FROM golang:1.27-alpine
    USER 1500:1600
    RUN go build -o /tmp/api .
    ENTRYPOINT ["/tmp/api"]
    ->
    FROM golang:1.27-alpine AS builder
    USER 1500:1600
    RUN go build -o /tmp/api .

    FROM gcr.io/distroless/static-debian13:nonroot
    COPY --from=builder /tmp/api /usr/local/bin/api
    USER 1500:1600
    ENTRYPOINT ["/usr/local/bin/api"]
  `;
});

test("nothing where a user cannot be made the same", () => {
  // Debian's own user, whose group Alpine has with another number.
  offersNothing(rule)`
    FROM golang:1.27
    RUN go build -o /api .
    USER www-data
    CMD exec /api --port $PORT
  `;
  offersNothing(rule)`
    FROM golang:1.27
    RUN useradd app && usermod -aG staff app
    RUN go build -o /api .
    USER app
    CMD exec /api --port $PORT
  `;
  offersNothing(rule)`
    FROM golang:1.27
    RUN useradd -g users app
    RUN go build -o /api .
    USER app
    CMD exec /api --port $PORT
  `;
  offersNothing(rule)`
    FROM golang:1.27
    RUN id app || useradd app
    RUN go build -o /api .
    USER app
    CMD exec /api --port $PORT
  `;
});

test("arguments that arguments ask for, and the place of a relative WORKDIR", () => {
  fixes(rule, "unsafe")`
    FROM golang:1.27-alpine
    ARG MAJOR=1
    ARG MINOR=2
    ARG VERSION=$MAJOR.0
    WORKDIR /app
    STOPSIGNAL SIGINT
    RUN go build -o /api .
    WORKDIR data
    LABEL org.opencontainers.image.version=$VERSION
    ENTRYPOINT ["/api"]
    ->
    FROM golang:1.27-alpine AS builder
    ARG MAJOR=1
    ARG MINOR=2
    ARG VERSION=$MAJOR.0
    WORKDIR /app
    RUN go build -o /api .

    FROM gcr.io/distroless/static-debian13:nonroot
    ARG MAJOR=1
    ARG VERSION=$MAJOR.0
    WORKDIR /app
    COPY --from=builder /api /api
    STOPSIGNAL SIGINT
    WORKDIR data
    LABEL org.opencontainers.image.version=$VERSION
    ENTRYPOINT ["/api"]
  `;
});

test("nothing where the container would be set up otherwise", () => {
  // The variable is the base image's.
  offersNothing(rule)`
    FROM golang:1.27-alpine
    RUN go build -o /api .
    LABEL built-with=$GOLANG_VERSION
    ENTRYPOINT ["/api"]
  `;
  // The folder is the program's, and its volume.
  offersNothing(rule)`
    FROM golang:1.27-alpine
    RUN go build -o /api .
    VOLUME /data
    ENTRYPOINT ["/api"]
  `;
  offersNothing(rule)`
    FROM golang:1.27-alpine
    RUN mkdir -p /data
    RUN go build -o /api .
    ENTRYPOINT ["/api"]
  `;
  // The comment would be there twice.
  offersNothing(rule)`
    FROM golang:1.27-alpine
    ENV PORT=8080 \
        # For people.
        LOG=text
    RUN go build -o /api .
    ENTRYPOINT ["/api"]
  `;
  // What is added behind the build would stay in the builder.
  offersNothing(rule)`
    FROM golang:1.27-alpine
    RUN go build -o /api .
    ADD data.tar.gz /data/
    ENTRYPOINT ["/api"]
  `;
});
