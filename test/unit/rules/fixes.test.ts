import fc from "fast-check";
import { expect, test } from "vitest";
import { rules } from "../../../server/src/rules/all.ts";
import { checkDockerfile } from "../../../server/src/rules/check.ts";
import { applyEdits } from "../../../server/src/text/edit.ts";
import { source } from "../../../server/src/text/source.ts";
import { fixedByAll } from "../../support/check.ts";
import { modelOf } from "../../support/model.ts";

const bases = [
  "alpine",
  "alpine:3.24",
  "debian:trixie-slim",
  "golang:1.27",
  "node:24-alpine",
  "python:3.14-slim",
  "scratch",
  "gcr.io/distroless/static-debian12",
  "example.com/team/base:1",
  "builder",
  "biulder",
  "$BASE",
];

/** Lines with a mistake in them, and the things that get in the way of a fix. */
const fragments = [
  "COPY . .",
  "COPY --chown=1000 . /app",
  "WORKDIR /app",
  "COPY run.sh /usr/local/bin/",
  "RUN chmod +x /usr/local/bin/run.sh",
  "RUN chown -R node:node /app",
  "# plimsoll ignore=package-cache-left",
  "# Why it is so.",
  "",
  "RUN apk add curl",
  "RUN pip install flask # no cache",
  source`
    RUN apt-get update \
      # what we need
      && apt-get install -y \
        curl \

        git`,
  "RUN set -eux; apt-get update; apt-get install -y curl",
  source`
    RUN <<EOF
    apt-get update
    apt-get install -y curl
    EOF`,
  source`
    RUN npm ci && \
        npm run build`,
  "RUN go mod download && go build -o /out/api .",
  "RUN --mount=type=cache,target=/go go build -o /out/api . && go build -o /out/job ./job",
  "ARG NPM_TOKEN",
  "RUN echo $NPM_TOKEN > ~/.npmrc",
  source`
    ENV A=1 \
        # secret
        API_KEY=b \
        C=3`,
  "COPY --from=builder /out/api /api",
  "COPY --from=biulder /out/job /job",
  "COPY --from=0 /out/none /none",
  "COPY .env /app/",
  "USER app",
  "USER root",
  "HEALTHCHECK CMD curl -f http://localhost/ || exit 1",
  `HEALTHCHECK --interval=5s CMD ["wget", "-q", "http://localhost/"]`,
  "CMD node server.js",
  source`
    CMD node \
      # comment
      server.js`,
  `CMD ["sh", "-c", "./main \\"quoted\\""]`,
  "ENTRYPOINT ./main $OPTIONS",
  'SHELL ["/bin/bash", "-o", "pipefail", "-c"]',
  "ONBUILD RUN apk add git",
  "VOLUME /data",
  "VOLUME ['/data']",
  "CMD ['node', 'server.js',]",
  "ENV PORT = 80",
  "ENV HOME_OF_APP=/app PATH=$HOME_OF_APP/bin:$PATH",
  source`
    ADD conf \
      # all of it
      extra /etc/app`,
  source`
    COPY <<EOF /start.sh
    #!/bin/sh
    exec "$@"
    EOF`,
  "RUN --mount=type=bind,from=0,target=/x ls /x",
  "RUN adduser -D -u 1000 app",
  "EXPOSE 8080",
].map((it) => it.trimEnd());

const stage = fc
  .tuple(
    fc.constantFrom(...bases),
    fc.constantFrom(" AS builder", " as Other", ""),
    fc.array(fc.constantFrom(...fragments), { maxLength: 9 }),
  )
  .map(([base, name, lines]) => [`FROM ${base}${name}`, ...lines].join("\n"));
const dockerfile = fc
  .tuple(fc.array(stage, { minLength: 1, maxLength: 3 }), fc.constantFrom("\n", "\r\n"), fc.boolean())
  .map(([stages, lineBreak, ends]) => `${stages.join("\n")}${ends ? "\n" : ""}`.replaceAll("\n", lineBreak));

test("whatever stands together, no rule fails, and each fix takes its problem away and leaves the comments", () => {
  fc.assert(
    fc.property(dockerfile, (text) => {
      const model = modelOf(text);
      const failures: unknown[] = [];
      const problems = checkDockerfile(model, { allRules: true, onFailure: (it) => failures.push(it) });
      expect(failures).toEqual([]);
      for (const { fixes, rule } of problems) {
        for (const fix of fixes) {
          const fixed = modelOf(applyEdits(text, fix.edits)).file;
          const name = `${rule}: ${fix.title}`;
          expect(fixed.problems.length, name).toBeLessThanOrEqual(model.file.problems.length);
          const left = checkDockerfile(modelOf(fixed.text), { allRules: true });
          const count = (found: typeof left) => found.filter((it) => it.rule === rule).length;
          if (fixed.problems.length === model.file.problems.length)
            expect(count(left), name).toBeLessThan(count(problems));
          expect(
            fixed.comments.map((it) => it.text),
            name,
          ).toEqual(model.file.comments.map((it) => it.text));
          expect(/(^|[^\r])\n/.test(fixed.text) && /\r\n/.test(fixed.text), `${name} mixes line breaks`).toBe(
            false,
          );
        }
      }
    }),
    { numRuns: 150 },
  );
});

test("fix-all ends, and twice is once", () => {
  fc.assert(
    fc.property(dockerfile, (text) => {
      const once = fixedByAll(text, rules);
      const left = checkDockerfile(modelOf(once)).flatMap((it) => it.fixes);
      expect(left.filter((it) => it.kind === "safe")).toEqual([]);
    }),
    { numRuns: 80 },
  );
});
