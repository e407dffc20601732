/**
 * A realistic Dockerfile of about `lines` lines: several stages, continuations with comments in them, variables,
 * mounts, here-documents, exec form. The same number gives the same text.
 */
export function generateDockerfile(lines: number): string {
  const written: string[] = ["# syntax=docker/dockerfile:1", "ARG GO_VERSION=1.26 ALPINE_VERSION=3.22", ""];
  for (let stage = 0; written.length < lines; stage++) {
    for (const line of stageLines(stage)) {
      if (written.length < lines) written.push(line);
    }
  }
  return `${closed(written).join("\n")}\n`;
}

/** The same instructions in stages that do not stand on each other, as in most files. */
export function generateIndependentStages(lines: number): string {
  const written: string[] = ["# syntax=docker/dockerfile:1", "ARG GO_VERSION=1.26 ALPINE_VERSION=3.22", ""];
  for (let stage = 0; written.length < lines; stage++) {
    for (const line of stageLines(stage, BASES[stage % BASES.length])) {
      if (written.length < lines) written.push(line);
    }
  }
  return `${closed(written).join("\n")}\n`;
}

const BASES = [
  `golang:\${GO_VERSION}-alpine`,
  `alpine:\${ALPINE_VERSION}`,
  "debian:13-slim",
  "node:24-alpine",
];

/** One stage with as many instructions as it takes: what is quadratic in a stage shows here. */
export function generateSingleStage(lines: number): string {
  const written = ["FROM debian:13-slim", "WORKDIR /srv", "ENV MODE=production LEVEL=1"];
  for (let at = 0; written.length < lines; at++) {
    written.push(
      `ENV SETTING_${at}=value-${at} PATH_${at}="/opt/\${MODE}/${at}"`,
      `COPY --chown=1000:1000 config/part-${at}.yaml /srv/config/`,
      `RUN mkdir -p /srv/data/${at} && echo "\${SETTING_${at}}" > /srv/data/${at}/setting`,
    );
  }
  return `${written.slice(0, lines).join("\n")}\n`;
}

/** Three long stages, as in files that grew over years: each installs, builds, configures and documents many parts. */
export function generateLongStages(lines: number): string {
  const written = ["# syntax=docker/dockerfile:1", "ARG DEBIAN_VERSION=13", ""];
  const names = ["tools", "build", "final"];
  for (const [index, name] of names.entries()) {
    const end = Math.round((lines * (index + 1)) / names.length);
    written.push(
      `FROM debian:\${DEBIAN_VERSION}-slim AS ${name}`,
      "ARG VERSION=2.0 TARGETARCH",
      "WORKDIR /srv",
    );
    for (let part = 0; ; part++) {
      const next = partLines(part, index === 0 ? undefined : names[index - 1]);
      if (written.length + next.length > end) break;
      written.push(...next);
    }
    written.push('ENTRYPOINT ["/srv/bin/start"]', 'CMD ["--listen", ":8080"]', "");
  }
  return `${written.join("\n")}\n`;
}

function partLines(part: number, from: string | undefined): string[] {
  const copy = from === undefined ? "COPY" : `COPY --from=${from}`;
  return [
    `# Part ${part}: its packages, its settings, its data.`,
    `ENV PART_${part}_HOME=/srv/part-${part} \\`,
    `    PART_${part}_VERSION=\${VERSION}.${part}`,
    "RUN apt-get update \\",
    "    && apt-get install -y --no-install-recommends \\",
    "      # for the checks below",
    `      curl=8.* lib-part-${part}-dev=1.${part}.* \\`,
    "    && rm -rf /var/lib/apt/lists/*",
    `RUN set -eux; \\`,
    `    if [ "$TARGETARCH" = arm64 ]; then arch=aarch64; else arch=x86_64; fi; \\`,
    `    curl -fsSL "https://example.com/part-${part}/\${PART_${part}_VERSION}/$arch.tar.gz" -o /tmp/part.tgz; \\`,
    `    echo "0123456789abcdef  /tmp/part.tgz" | sha256sum -c -; \\`,
    `    mkdir -p "/srv/part-${part}"; \\`,
    `    tar -xzf /tmp/part.tgz -C "/srv/part-${part}" --strip-components=1; \\`,
    "    rm /tmp/part.tgz",
    `${copy} --chown=1000:1000 /srv/config/part-${part}.yaml /srv/config/`,
    `RUN <<EOF`,
    "set -e",
    `echo "part ${part} on $(uname -m)" >> /srv/parts`,
    `ln -s /srv/part-${part}/bin/run /usr/local/bin/part-${part}`,
    "EOF",
    `LABEL com.example.part.${part}="\${VERSION}"`,
    "",
  ];
}

function stageLines(
  stage: number,
  base = stage === 0 ? `golang:\${GO_VERSION}-alpine` : `stage-${stage - 1}`,
): string[] {
  return [
    `# Stage ${stage}: what it builds, and why it is a stage of its own.`,
    `FROM --platform=$BUILDPLATFORM ${base} AS stage-${stage}`,
    `ARG VERSION=1.${stage}.0 COMMIT`,
    "WORKDIR /src",
    "ENV CGO_ENABLED=0 \\",
    "    # Reproducible, so without the path of the machine.",
    '    GOFLAGS="-trimpath -mod=readonly" \\',
    `    PATH=/usr/local/go/bin:\${PATH}`,
    "COPY go.mod go.sum ./",
    "RUN --mount=type=cache,target=/go/pkg/mod,sharing=locked \\",
    "    go mod download && go mod verify",
    "COPY --chown=nonroot:nonroot cmd internal ./",
    "RUN --mount=type=cache,target=/root/.cache/go-build \\",
    "    --mount=type=bind,source=go.mod,target=go.mod,readonly \\",
    "    set -eux; \\",
    "    for name in api worker; do \\",
    "      # each its own binary",
    `      go build -ldflags "-s -w -X main.version=\${VERSION}" -o "/out/$name" "./cmd/$name"; \\`,
    "    done; \\",
    "    ls -l /out | tee /tmp/list-$(date +%F)",
    "RUN apk add --no-cache \\",
    "      ca-certificates \\",
    "      curl=8.* \\",
    "      tzdata \\",
    "    && rm -rf /tmp/*",
    "",
    "RUN <<EOF",
    "set -e",
    "addgroup -S app",
    "adduser -S -G app -u 10001 app",
    'echo "built $(date)" > /etc/built',
    "EOF",
    "COPY <<-'CONF' /etc/app.conf",
    "\tlisten = 0.0.0.0:8080",
    `\troot = \${HOME}/data`,
    "\tCONF",
    `LABEL org.opencontainers.image.title="stage ${stage}" \\`,
    `      org.opencontainers.image.version="\${VERSION:-dev}"`,
    `EXPOSE 8080/tcp ${9000 + (stage % 100)}`,
    'VOLUME ["/data", "/var/log/app"]',
    "USER app:app",
    "HEALTHCHECK --interval=30s --timeout=3s --start-period=5s --retries=3 \\",
    '  CMD ["curl", "-fsS", "http://127.0.0.1:8080/health"]',
    'ENTRYPOINT ["/out/api"]',
    'CMD ["--listen", ":8080"]',
    "",
  ];
}

/** Cut anywhere, the last instruction may be left open: blank lines take its place. */
function closed(lines: readonly string[]): readonly string[] {
  const blank = lines.lastIndexOf("");
  const last = blank > 2 ? blank : lines.findLastIndex((it) => !/\\$|^\s*#/.test(it));
  return lines.map((line, at) => (at > last ? "" : line));
}
