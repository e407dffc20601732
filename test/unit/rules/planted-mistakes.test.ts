import { expect, test } from "vitest";
import { checkDockerfile } from "../../../server/src/rules/check.ts";
import { source } from "../../../server/src/text/source.ts";
import { contextOf, modelOf } from "../../support/model.ts";

interface Planted {
  readonly dockerfile: string;
  /** The build context, where the mistake lies in both. */
  readonly files?: Readonly<Record<string, string>>;
}

const goBuild = source`
  FROM golang:1.27 AS builder
  WORKDIR /src
  COPY . .
  RUN CGO_ENABLED=0 go build -ldflags="-s -w" -o /out/server .
`;

/** One file for each mistake that a build, a start or an image can suffer from, and nothing else wrong that stops it. */
const mistakes: Readonly<Record<string, Planted>> = {
  "toolchain-in-final-stage": {
    dockerfile: source`
      FROM golang:1.27
      WORKDIR /src
      COPY . .
      RUN go build -o /app .
      CMD ["/app"]
    `,
  },
  "dependencies-after-sources": {
    dockerfile: source`
      FROM node:24
      WORKDIR /app
      COPY . .
      RUN npm ci
      CMD ["node", "server.js"]
    `,
  },
  "no-cache-mount": {
    dockerfile: source`
      FROM golang:1.27
      WORKDIR /src
      COPY . .
      RUN CGO_ENABLED=0 go build -o /out/server .
    `,
  },
  "go-binary-needs-libc": {
    dockerfile: source`
      FROM golang:1.27 AS builder
      WORKDIR /src
      COPY . .
      RUN go build -o /app .
      FROM alpine:3.22
      COPY --from=builder /app /app
      ENTRYPOINT ["/app"]
    `,
  },
  "go-binary-not-stripped": {
    dockerfile: source`
      FROM golang:1.27 AS builder
      WORKDIR /src
      COPY . .
      RUN CGO_ENABLED=0 go build -o /app .
      FROM scratch
      COPY --from=builder /app /app
      ENTRYPOINT ["/app"]
    `,
  },
  "version-argument-unset": {
    dockerfile: source`
      FROM golang:1.27
      RUN go build -ldflags "-X main.version=\${VERSION}" -o /app .
    `,
  },
  "hard-coded-architecture": {
    dockerfile: source`
      FROM --platform=$BUILDPLATFORM golang:1.27 AS builder
      WORKDIR /src
      COPY . .
      RUN CGO_ENABLED=0 GOOS=linux GOARCH=amd64 go build -o /app .
      FROM alpine:3.22
      COPY --from=builder /app /app
      ENTRYPOINT ["/app"]
    `,
  },
  "go-version-too-old": {
    dockerfile: source`
      FROM golang:1.20
      WORKDIR /src
      COPY . .
      RUN CGO_ENABLED=0 go build -o /app .
    `,
    files: { "go.mod": "module example.com/app\n\ngo 1.23\n", "main.go": "package main\n\nfunc main() {}\n" },
  },
  "missing-ca-certificates": {
    dockerfile: `${goBuild}${source`
      FROM scratch
      COPY --from=builder /out/server /server
      ENTRYPOINT ["/server"]
    `}`,
    files: {
      "go.mod": "module example.com/app\n\ngo 1.25\n",
      "main.go":
        'package main\n\nimport "net/http"\n\nfunc main() { _, _ = http.Get("https://example.com/") }\n',
    },
  },
  "missing-time-zones": {
    dockerfile: `${goBuild}${source`
      FROM scratch
      COPY --from=builder /out/server /server
      ENTRYPOINT ["/server"]
    `}`,
    files: {
      "go.mod": "module example.com/app\n\ngo 1.25\n",
      "main.go":
        'package main\n\nimport "time"\n\nfunc main() { _, _ = time.LoadLocation("Europe/Berlin") }\n',
    },
  },
  "user-unknown-to-image": {
    dockerfile: `${goBuild}${source`
      RUN useradd --uid 10001 app
      FROM scratch
      COPY --from=builder /out/server /server
      USER app
      ENTRYPOINT ["/server"]
    `}`,
  },
  "runs-as-root": {
    dockerfile: source`
      FROM alpine:3.22
      CMD ["sleep", "60"]
    `,
  },
  "copy-then-chown": {
    dockerfile: source`
      FROM alpine:3.22
      COPY api /usr/local/bin/api
      RUN chmod 755 /usr/local/bin/api
      CMD ["api"]
    `,
  },
  "deleted-later": {
    dockerfile: source`
      FROM debian:13
      ADD https://example.com/big.tar.gz /tmp/big.tar.gz
      RUN tar -xzf /tmp/big.tar.gz -C /opt
      RUN rm /tmp/big.tar.gz
    `,
  },
  "no-shell": {
    dockerfile: `${goBuild}${source`
      FROM gcr.io/distroless/static-debian12
      COPY --from=builder /out/server /server
      CMD /server --verbose
    `}`,
  },
  "healthcheck-tool-missing": {
    dockerfile: source`
      FROM node:24-alpine
      COPY server.js .
      HEALTHCHECK CMD curl -f http://localhost:3000/
      CMD ["node", "server.js"]
    `,
  },
  "missing-healthcheck": {
    dockerfile: source`
      FROM node:24
      COPY server.js .
      EXPOSE 3000
      CMD ["node", "server.js"]
    `,
  },
  "shell-form-swallows-signals": {
    dockerfile: source`
      FROM node:24
      COPY server.js .
      CMD node server.js
    `,
  },
  "unpinned-base": {
    dockerfile: source`
      FROM alpine
      CMD ["sleep", "60"]
    `,
  },
  "secret-in-image": {
    dockerfile: source`
      FROM alpine:3.22
      ENV DATABASE_PASSWORD=hunter2
      CMD ["sleep", "60"]
    `,
  },
  "unknown-stage": {
    dockerfile: `${goBuild}${source`
      FROM scratch
      COPY --from=biulder /out/server /server
      ENTRYPOINT ["/server"]
    `}`,
  },
  "unused-stage": {
    dockerfile: source`
      FROM debian:13
      RUN apt-get update
      FROM alpine:3.22
      CMD ["sleep", "60"]
    `,
  },
  "path-never-produced": {
    dockerfile: `${goBuild}${source`
      FROM scratch
      COPY --from=builder /build/app /app
      ENTRYPOINT ["/app"]
    `}`,
  },
  "command-not-in-image": {
    dockerfile: `${goBuild}${source`
      FROM scratch
      COPY --from=builder /out/server /server
      ENTRYPOINT ["/app"]
    `}`,
  },
  "port-mismatch": {
    dockerfile: source`
      FROM python:3.13
      RUN pip install --no-cache-dir uvicorn
      EXPOSE 8080
      CMD ["uvicorn", "app:app", "--host", "0.0.0.0", "--port", "8000"]
    `,
  },
  "package-manager-mismatch": {
    dockerfile: source`
      FROM node:24-alpine
      RUN apt-get update && apt-get install -y curl
    `,
  },
  "package-cache-left": {
    dockerfile: source`
      FROM alpine:3.22
      RUN apk add curl
    `,
  },
  "copy-all-without-dockerignore": {
    dockerfile: source`
      FROM nginx:1.29
      COPY . /usr/share/nginx/html
    `,
    files: { "index.html": "", ".git/HEAD": "ref: refs/heads/main\n", Dockerfile: "" },
  },
  "copy-source-ignored": {
    dockerfile: source`
      FROM nginx:1.29
      COPY dist /usr/share/nginx/html
    `,
    files: { ".dockerignore": "dist\n", "dist/index.html": "" },
  },
  "copy-source-missing": {
    dockerfile: source`
      FROM nginx:1.29
      COPY dits /usr/share/nginx/html
    `,
    files: { ".dockerignore": "", "dist/index.html": "" },
  },
  "missing-image-labels": {
    dockerfile: source`
      FROM alpine:3.22
      CMD ["sleep", "60"]
    `,
  },
};

test.each(Object.entries(mistakes))("%s", (id, { dockerfile, files }) => {
  const model = modelOf(dockerfile, files ? { context: contextOf(files) } : {});
  const found = checkDockerfile(model, { allRules: true });
  expect(found.map((it) => it.rule)).toContain(id);
  const others = found.filter((it) => it.severity === "error" && it.rule !== id);
  expect(others.map((it) => `${it.rule}: ${it.message}`)).toEqual([]);
});
