import { globSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Variants } from "../../../server/src/features/variants/variant.ts";
import { variantsOf } from "../../../server/src/features/variants/variants.ts";
import type { BuildContext } from "../../../server/src/model/context/build-context.ts";
import { checkDockerfile } from "../../../server/src/rules/check.ts";
import { noPolicy } from "../../../server/src/rules/policy.ts";
import { source } from "../../../server/src/text/source.ts";
import { contextOf, modelOf } from "../../support/model.ts";
import { shellReader } from "../../support/shell.ts";
import { variantNamed, variantsIn } from "../../support/variants.ts";

/** A service in Go that asks itself with a flag. */
const service = contextOf({
  "go.mod": "module example.com/api\n",
  "main.go":
    'package main\n\nimport (\n\t"flag"\n\t"net/http"\n)\n\nfunc main() {\n\thealth := flag.Bool("health", false, "ask")\n\tserve(health, http.DefaultClient)\n}\n',
});
const plain = contextOf({
  "go.mod": "module example.com/api\n",
  "main.go": 'package main\n\nimport "net/http"\n\nfunc main() { http.ListenAndServe(":8080", nil) }\n',
});

function variants(text: string, context: BuildContext | undefined = service): Variants {
  return variantsIn(text, { shell: shellReader, context });
}

/** The text behind the last FROM, that line included. */
function finalStage(text: string): string {
  return text.slice(text.lastIndexOf("\nFROM ") + 1);
}

function finalOn(name: string, text: string, context?: BuildContext): string {
  const found = variants(text, context);
  for (const it of found.variants) expectSound(text, it.text, context);
  return finalStage(variantNamed(name, found).text);
}

/** It parses, is what was asked for again, and no rule finds an error that was not there. */
function expectSound(before: string, after: string, context: BuildContext | undefined = service): void {
  const errors = (text: string) =>
    checkDockerfile(modelOf(text, { context })).filter((it) => it.severity === "error").length;
  expect(modelOf(after).file.problems).toEqual([]);
  expect(errors(after)).toBeLessThanOrEqual(errors(before));
}

function reasonFor(name: string, text: string, context?: BuildContext): string | undefined {
  return variants(text, context).refused.find((it) => it.name === name)?.reason;
}

const singleStage = source`
  FROM golang:1.27-alpine
  WORKDIR /src
  COPY . .
  RUN go build -o /usr/local/bin/api .
  RUN addgroup -S app && adduser -S -D -H -u 10001 -G app app
  USER 10001
  EXPOSE 8080
  HEALTHCHECK CMD wget -q -O /dev/null http://127.0.0.1:8080/health || exit 1
  ENTRYPOINT ["/usr/local/bin/api"]
`;
const onDebian = (end: string) =>
  `FROM golang:1.27 AS build\nWORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /api .\nFROM debian:trixie-slim\n${end}`;

describe("a Go program in a single stage", () => {
  test("is taken apart, and stands on scratch with certificates, its user as a number, and its own health check", () => {
    expect(finalOn("scratch", singleStage)).toBe(source`
      FROM scratch
      COPY --from=builder /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
      COPY --from=builder /usr/local/bin/api /usr/local/bin/api
      USER 10001:10001
      EXPOSE 8080
      HEALTHCHECK CMD ["/usr/local/bin/api", "-health"]
      ENTRYPOINT ["/usr/local/bin/api"]
    `);
  });

  test("distroless brings the certificates", () => {
    expect(finalOn("distroless", singleStage)).toBe(source`
      FROM gcr.io/distroless/static-debian13:nonroot
      COPY --from=builder /usr/local/bin/api /usr/local/bin/api
      USER 10001:10001
      EXPOSE 8080
      HEALTHCHECK CMD ["/usr/local/bin/api", "-health"]
      ENTRYPOINT ["/usr/local/bin/api"]
    `);
  });

  test("Alpine of the builder's release keeps user and health check as they are", () => {
    expect(finalOn("alpine", singleStage)).toBe(source`
      FROM alpine:3.24
      RUN addgroup -S app && adduser -S -D -H -u 10001 -G app app
      COPY --from=builder /usr/local/bin/api /usr/local/bin/api
      USER 10001
      EXPOSE 8080
      HEALTHCHECK CMD wget -q -O /dev/null http://127.0.0.1:8080/health || exit 1
      ENTRYPOINT ["/usr/local/bin/api"]
    `);
  });

  test("Debian makes the user in its own words", () => {
    expect(finalOn("slim", singleStage)).toContain("RUN groupadd -r app && useradd");
  });

  test("says what each lacks, and what was done", () => {
    const found = variants(singleStage);
    expect(variantNamed("scratch", found).lacks).toEqual([
      "shell",
      "package manager",
      "tools to look inside",
      "time zones",
      "names of users",
      "C library",
      "/tmp",
    ]);
    expect(variantNamed("distroless", found).lacks).not.toContain("time zones");
    expect(variantNamed("scratch", found).changes).toContain("The certificates are copied from builder.");
    expect(variantNamed("current", found)).toMatchObject({
      base: "golang:1.27-alpine",
      text: singleStage,
      changes: [],
    });
  });
});

describe("health checks", () => {
  const withCurl = onDebian(
    'COPY --from=build /api /api\nHEALTHCHECK CMD curl -f http://localhost:8080/ || exit 1\nUSER 1000:1000\nCMD ["/api"]\n',
  );

  test("ask with wget where there is no curl", () => {
    expect(finalOn("alpine", withCurl)).toContain(
      "HEALTHCHECK CMD wget -q -O /dev/null http://127.0.0.1:8080/ || exit 1",
    );
  });

  test("go where nothing can ask, and are told as lacking", () => {
    const found = variants(withCurl, plain);
    expect(variantNamed("scratch", found).text).not.toContain("HEALTHCHECK");
    expect(variantNamed("scratch", found).lacks).toContain("health check");
  });

  test("keep their options", () => {
    const text = withCurl.replace("HEALTHCHECK CMD", "HEALTHCHECK --interval=5s --retries=2 CMD");
    expect(finalOn("scratch", text)).toContain(
      'HEALTHCHECK --interval=5s --retries=2 CMD ["/api", "-health"]',
    );
  });
});

describe("certificates and time zones", () => {
  const installed = onDebian(source`
    RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates tzdata && rm -rf /var/lib/apt/lists/*
    COPY --from=build /api /api
    ENV TZ=Europe/Berlin
    USER 1000:1000
    CMD ["/api"]
  `);

  test("that were packages are copied", () => {
    expect(finalOn("scratch", installed)).toBe(source`
      FROM scratch
      COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
      COPY --from=build /usr/share/zoneinfo /usr/share/zoneinfo
      COPY --from=build /api /api
      ENV TZ=Europe/Berlin
      USER 1000:1000
      CMD ["/api"]
    `);
  });

  test("are installed with the other package manager, which leaves no lists of the first", () => {
    expect(finalOn("alpine", installed)).toContain("RUN apk add --no-cache ca-certificates tzdata\n");
  });

  test("are left out where nobody asks for a zone", () => {
    const text = onDebian('COPY --from=build /api /api\nUSER 1000:1000\nCMD ["/api"]\n');
    expect(finalOn("scratch", text)).not.toContain("zoneinfo");
    expect(variantNamed("alpine", variants(text)).lacks).toContain("time zones");
  });

  test("of Go's own distribution where the builder has no others", () => {
    const text = source`
      FROM golang:1.27-alpine AS build
      WORKDIR /src
      COPY . .
      RUN CGO_ENABLED=0 go build -o /api .
      FROM alpine:3.24
      RUN apk add --no-cache tzdata
      COPY --from=build /api /api
      ENV TZ=Europe/Berlin
      USER 1000:1000
      CMD ["/api"]
    `;
    expect(finalOn("scratch", text)).toContain("ENV ZONEINFO=/zoneinfo.zip");
  });
});

describe("users", () => {
  test("by name become the number that they were made with", () => {
    const text = onDebian(
      'RUN useradd --uid 2000 app\nCOPY --from=build --chown=app:app /api /api\nUSER app\nCMD ["/api"]\n',
    );
    expect(finalOn("distroless", text)).toContain(
      "COPY --from=build --chown=2000:2000 /api /api\nUSER 2000:2000\n",
    );
  });

  test("whose number is not known become the one without rights, and have to be looked at", () => {
    const text = onDebian('RUN useradd -r app\nCOPY --from=build /api /api\nUSER app\nCMD ["/api"]\n');
    const { text: made, checks } = variantNamed("scratch", variants(text));
    expect(made).toContain("USER 65532:65532");
    expect(checks).toContain("Which id app had is not known: files of volumes may belong to another one.");
  });

  test("root by default becomes a user without rights, root by word stays", () => {
    const text = (user: string) => onDebian(`COPY --from=build /api /api\n${user}CMD ["/api"]\n`);
    expect(finalOn("scratch", text(""))).toContain('USER 65532:65532\nCMD ["/api"]');
    expect(finalOn("distroless", text(""))).toContain("static-debian13:nonroot");
    expect(finalOn("scratch", text("USER root\n"))).toContain("USER 0:0\n");
    expect(finalOn("distroless", text("USER root\n"))).toContain("static-debian13:latest");
  });

  test("of the base that goes are written down", () => {
    const text = source`
      FROM golang:1.27-alpine AS build
      WORKDIR /src
      COPY . .
      RUN CGO_ENABLED=0 go build -o /api .
      FROM gcr.io/distroless/static-debian13:nonroot
      COPY --from=build /api /api
      CMD ["/api"]
    `;
    expect(finalOn("alpine", text)).toContain("USER 65532:65532\n");
  });
});

describe("shell form", () => {
  test("of a plain command becomes exec form", () => {
    expect(
      finalOn("scratch", onDebian("COPY --from=build /api /api\nUSER 1000:1000\nCMD /api --port 80\n")),
    ).toContain('CMD ["/api", "--port", "80"]');
  });

  test("that a shell has to read refuses bases without one", () => {
    const text = onDebian("COPY --from=build /api /api\nUSER 1000:1000\nCMD exec /api --port $PORT\n");
    expect(reasonFor("scratch", text)).toContain("needs a shell to be read");
    expect(variants(text).variants.map((it) => it.name)).toEqual(["current", "alpine"]);
  });

  test("RUNs that do more than is known refuse them too", () => {
    const text = onDebian('RUN mkdir /data\nCOPY --from=build /api /api\nUSER 1000:1000\nCMD ["/api"]\n');
    expect(reasonFor("distroless", text)).toContain("calls mkdir");
    expect(finalOn("alpine", text)).toContain("RUN mkdir /data");
  });

  test("packages whose other name is not known refuse another distribution", () => {
    const text = onDebian(
      'RUN apt-get update && apt-get install -y libfoo7\nCOPY --from=build /api /api\nUSER 1000:1000\nCMD ["/api"]\n',
    );
    expect(reasonFor("alpine", text)).toContain("installs packages");
  });
});

describe("the C library decides", () => {
  test("Go with cgo on is built without it", () => {
    const text = onDebian('COPY --from=build /api /api\nUSER 1000:1000\nCMD ["/api"]\n').replace(
      "CGO_ENABLED=0 ",
      "",
    );
    const found = variants(text);
    for (const name of ["scratch", "alpine"])
      expect(variantNamed(name, found).text).toContain("RUN CGO_ENABLED=0 go build");
    expect(variantNamed("scratch", found).changes[0]).toContain("linked statically");
  });

  test("C that is linked statically runs anywhere, else where its library is", () => {
    const text = source`
      FROM gcc:14-bookworm AS build
      WORKDIR /src
      COPY main.c ./
      RUN gcc -O2 -pthread -static -o /app main.c
      FROM debian:bookworm
      COPY --from=build /app /app
      USER 1000:1000
      CMD ["/app"]
    `;
    const context = contextOf({ "main.c": "" });
    const names = (flags: string) =>
      variants(text.replace("-static ", flags), context).variants.map((it) => it.name);
    expect(names("-static ")).toEqual(["current", "scratch", "distroless", "alpine", "slim"]);
    expect(names("")).toEqual(["current", "distroless", "slim"]);
  });

  test("Rust against glibc keeps to bases with glibc that is no older", () => {
    const text = source`
      FROM rust:1-bookworm AS build
      WORKDIR /src
      COPY . .
      RUN cargo build --release
      FROM debian:bookworm
      COPY --from=build /src/target/release/app /app
      USER 1000:1000
      CMD ["/app"]
    `;
    const context = contextOf({
      "Cargo.toml": '[package]\nname = "app"\nversion = "0.1.0"\n',
      "src/main.rs": "fn main() {}\n",
    });
    const found = variants(text, context);
    expect(found.variants.map((it) => it.base)).toEqual([
      "debian:bookworm",
      "gcr.io/distroless/cc-debian12:nonroot",
      "debian:bookworm-slim",
    ]);
    expect(found.refused.map((it) => it.name)).toEqual(["scratch", "alpine"]);
  });
});

describe("Node.js", () => {
  const installed = source`
    FROM node:24-slim
    WORKDIR /app
    ENV NODE_ENV=production
    COPY package.json package-lock.json ./
    RUN npm ci --omit=dev
    COPY server.js ./
    USER node
    HEALTHCHECK CMD node health.js || exit 1
    CMD ["node", "server.js"]
  `;
  const context = contextOf({
    "package.json": '{ "name": "x" }',
    "package-lock.json": '{ "lockfileVersion": 3, "packages": { "": {} } }',
    "server.js": "",
  });

  test("installs in a builder where nothing can run, and starts by distroless' own entrypoint", () => {
    expect(finalOn("distroless", installed, context)).toBe(source`
      FROM gcr.io/distroless/nodejs24-debian13:nonroot
      ENV NODE_ENV=production
      WORKDIR /app
      COPY --from=builder /app /app
      COPY server.js ./
      USER 1000:1000
      HEALTHCHECK CMD ["/nodejs/bin/node", "health.js"]
      CMD ["server.js"]
    `);
  });

  test("what npm installs is never left out: where it cannot move to a builder, distroless is refused", () => {
    const global = installed.replace("RUN npm ci --omit=dev", "RUN npm ci --omit=dev && npm install -g pm2");
    expect(reasonFor("distroless", global, context)).toContain("calls npm");
  });

  test("a script as entrypoint, and what only the old base has, refuse distroless", () => {
    const script = installed.replace('CMD ["node"', 'ENTRYPOINT ["./start.sh"]\nCMD ["node"');
    expect(reasonFor("distroless", script, context)).toContain("./start.sh is a script of a shell");
    const npx = installed.replace('CMD ["node", "server.js"]', 'CMD ["npx", "serve"]');
    expect(reasonFor("distroless", npx, context)).toContain("npx came with the base");
  });

  test("stays the same on Alpine but for FROM", () => {
    const [, alpine] = variants(installed, context).variants;
    expect(alpine?.text).toBe(installed.replace("node:24-slim", "node:24-alpine"));
  });

  test("packages that come from a stage with the other C library have to be looked at", () => {
    const text = source`
      FROM node:24-alpine AS build
      WORKDIR /app
      COPY package.json package-lock.json ./
      RUN npm ci
      FROM node:24-alpine
      WORKDIR /app
      COPY --from=build /app ./
      USER node
      CMD ["node", "server.js"]
    `;
    const { checks } = variantNamed("slim", variants(text, context));
    expect(checks.some((it) => it.includes("was installed with musl"))).toBe(true);
  });

  test("what installs devDependencies and builds is taken apart first", () => {
    const text = source`
      FROM node:24
      WORKDIR /app
      COPY package.json package-lock.json ./
      RUN npm ci
      COPY src ./src
      RUN npm run build
      USER node
      CMD ["node", "dist/server.js"]
    `;
    const project = contextOf({
      "package.json":
        '{ "name": "x", "scripts": { "build": "tsc --outDir dist" }, "devDependencies": { "typescript": "5" } }',
      "package-lock.json": '{ "lockfileVersion": 3, "packages": { "": {} } }',
      "src/server.ts": "",
    });
    const stage = finalOn("alpine", text, project);
    expect(stage).toContain("npm ci --omit=dev");
    expect(stage).toContain("COPY --from=builder /app/dist");
  });

  test("a stage that others are built on stays as it is, and what it says stands in the final one", () => {
    const text = source`
      FROM node:24-alpine AS base
      WORKDIR /app
      FROM base AS deps
      COPY package.json package-lock.json ./
      RUN npm ci --omit=dev
      FROM base
      ENV NODE_ENV=production
      COPY --from=deps /app/node_modules ./node_modules
      COPY . .
      USER node
      CMD npm start
    `;
    const project = contextOf({
      "package.json": '{ "name": "x", "scripts": { "start": "node server.js" } }',
      "package-lock.json": '{ "lockfileVersion": 3, "packages": { "": {} } }',
      "server.js": "",
    });
    const found = variants(text, project);
    expect(variantNamed("slim", found).text).toContain("FROM node:24-alpine AS base\nWORKDIR /app\n");
    expect(variantNamed("slim", found).changes).toContain(
      "What the stage base says stands in the final stage.",
    );
    expect(finalStage(variantNamed("distroless", found).text)).toBe(source`
      FROM gcr.io/distroless/nodejs24-debian13:nonroot
      WORKDIR /app
      ENV NODE_ENV=production
      COPY --from=deps /app/node_modules ./node_modules
      COPY . .
      USER 1000:1000
      CMD ["server.js"]
    `);
  });

  test("back from distroless: CMD names node", () => {
    const text = source`
      FROM node:24 AS build
      WORKDIR /app
      COPY . .
      FROM gcr.io/distroless/nodejs24-debian13:nonroot
      WORKDIR /app
      COPY --from=build /app /app
      CMD ["server.js"]
    `;
    expect(finalOn("slim", text, context)).toContain('CMD ["node", "server.js"]');
  });
});

describe("Python", () => {
  test("on Alpine warns of wheels; distroless wants packages elsewhere", () => {
    const text = source`
      FROM python:3.13-slim
      WORKDIR /app
      COPY . .
      RUN pip install --no-cache-dir -r requirements.txt
      RUN useradd --create-home app
      USER app
      CMD ["python", "app.py"]
    `;
    const context = contextOf({ "requirements.txt": "", "app.py": "" });
    const alpine = variantNamed("alpine", variants(text, context));
    expect(alpine.text).toContain("RUN adduser -D app");
    expect(alpine.checks[0]).toContain("wheel for musl");
    expect(reasonFor("distroless", text, context)).toContain("pip --target");
  });

  test("without packages runs on distroless", () => {
    const text = 'FROM python:3.13\nWORKDIR /app\nCOPY app.py ./\nUSER 1000:1000\nCMD ["python", "app.py"]\n';
    expect(finalOn("distroless", text, contextOf({ "app.py": "" }))).toContain('CMD ["app.py"]');
  });
});

describe("Java", () => {
  const text = source`
    FROM maven:3-eclipse-temurin-21 AS build
    WORKDIR /src
    COPY . .
    RUN mvn -q package
    FROM eclipse-temurin:21-jre
    COPY --from=build /src/target/app.jar /app.jar
    RUN useradd --uid 10001 app
    USER app
    CMD ["java", "-Xmx256m", "-jar", "/app.jar"]
  `;

  test("options in front of -jar need an ENTRYPOINT of one's own on distroless", () => {
    const stage = finalOn("distroless", text, contextOf({ "pom.xml": "" }));
    expect(stage).toContain('ENTRYPOINT ["java", "-Xmx256m", "-jar", "/app.jar"]');
    expect(stage).toContain("USER 10001:10001");
  });

  test("Alpine's JRE has the same version", () => {
    const stage = finalOn("jre-alpine", text, contextOf({ "pom.xml": "" }));
    expect(stage).toContain("FROM eclipse-temurin:21-jre-alpine\n");
    expect(stage).toContain("RUN adduser -D -H -u 10001 app\n");
  });
});

describe("static sites and .NET", () => {
  test("nginx asks with wget on alpine-slim", () => {
    const text =
      "FROM nginx:1.29\nCOPY site /usr/share/nginx/html\nHEALTHCHECK CMD curl -f http://localhost/ || exit 1\n";
    const found = variants(`# comment\n${text}`, contextOf({ "site/index.html": "" }));
    expect(variantNamed("alpine-slim", found).text).toContain(
      "HEALTHCHECK CMD wget -q -O /dev/null http://127.0.0.1/ || exit 1",
    );
  });

  test("a stage that only the final one is built on goes into it", () => {
    const text = source`
      FROM mcr.microsoft.com/dotnet/aspnet:10.0 AS base
      WORKDIR /app
      EXPOSE 8080
      FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
      WORKDIR /src
      COPY . .
      RUN dotnet publish -o /out
      FROM base AS final
      COPY --from=build /out .
      USER $APP_UID
      ENTRYPOINT ["dotnet", "x.dll"]
    `;
    const { text: made } = variantNamed("chiseled", variants(text, contextOf({ "x.csproj": "" })));
    expect(made).toBe(source`
      FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
      WORKDIR /src
      COPY . .
      RUN dotnet publish -o /out
      FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled AS final
      WORKDIR /app
      EXPOSE 8080
      COPY --from=build /out .
      USER $APP_UID
      ENTRYPOINT ["dotnet", "x.dll"]
    `);
  });

  test("ASP.NET has a chiseled image", () => {
    const text = source`
      FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
      WORKDIR /src
      COPY . .
      RUN dotnet publish -o /app
      FROM mcr.microsoft.com/dotnet/aspnet:10.0
      WORKDIR /app
      COPY --from=build /app .
      USER $APP_UID
      ENTRYPOINT ["dotnet", "x.dll"]
    `;
    const found = variants(text, contextOf({ "x.csproj": "" }));
    expect(found.variants.map((it) => it.base)).toEqual([
      "mcr.microsoft.com/dotnet/aspnet:10.0",
      "mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled",
      "mcr.microsoft.com/dotnet/aspnet:10.0-alpine",
    ]);
  });
});

describe("the rest of the file", () => {
  test("comments, line breaks, the stage's name and other stages stay", () => {
    const text = onDebian('# the program\nCOPY --from=build /api /api\nUSER 1000:1000\nCMD ["/api"]\n')
      .replace("trixie-slim", "trixie-slim AS app")
      .replaceAll("\n", "\r\n");
    const made = variantNamed("scratch", variants(text)).text;
    expect(made).toContain("FROM scratch AS app\r\n");
    expect(made).toContain("# the program\r\n");
    expect(made.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
  });

  test("an ARG that held a part of the base goes with it, one that is used elsewhere stays", () => {
    const text = onDebian('COPY --from=build /api /api\nUSER 1000:1000\nCMD ["/api"]\n');
    const withArgument = `ARG RELEASE=trixie\nARG GO=1.27\n${text}`
      .replace("debian:trixie-slim", "debian:${RELEASE}-slim")
      .replace("golang:1.27", "golang:${GO}");
    const made = variantNamed("scratch", variants(withArgument)).text;
    expect(made).not.toContain("RELEASE");
    expect(made).toContain("ARG GO=1.27\n");
  });

  test("images of Windows, and those to build on, have no others", () => {
    const windows =
      'FROM mcr.microsoft.com/dotnet/aspnet:10.0-nanoserver-ltsc2025\nENTRYPOINT ["dotnet", "x.dll"]\n';
    expect(() => variants(windows)).toThrow("is not known well enough");
    expect(() => variants("FROM node:24-slim\nONBUILD COPY . .\n")).toThrow("ONBUILD");
  });

  test("what nothing is known of gives a reason", () => {
    expect(() => variants('FROM example.com/own:1\nCMD ["/x"]\n')).toThrow("is not known well enough");
    const platforms = "FROM --platform=linux/arm64 alpine:3.24 AS base\nFROM --platform=linux/amd64 base\n";
    expect(() => variants(platforms)).toThrow("each names a platform");
    expect(() => variants("FROM debian:trixie-slim\nCOPY\n")).toThrow("mistakes");
  });

  test("a registry that the project does not trust is not offered", () => {
    const text = onDebian('COPY --from=build /api /api\nUSER 1000:1000\nCMD ["/api"]\n');
    const policy = { ...noPolicy, trustedRegistries: ["docker.io"] };
    const found = variantsIn(text, { shell: shellReader, context: service }, policy);
    expect(found.variants.map((it) => it.name)).toEqual(["current", "scratch", "alpine"]);
    expect(found.refused.map((it) => it.name)).toEqual(["distroless"]);
  });
});

/** Dockerfiles from the field, each with nothing wrong in it. */
const healthy = new URL("../../fixtures/healthy/", import.meta.url).pathname;

describe("whatever is in a Dockerfile", () => {
  test.each(globSync("*.Dockerfile", { cwd: healthy }).sort())(
    "%s is refused with a reason, or stays sound",
    (file) => {
      const text = readFileSync(`${healthy}${file}`, "utf8");
      const model = modelOf(text, { context: undefined });
      const found = variantsOf(model, (it) => checkDockerfile(modelOf(it)));
      if (typeof found === "string") return expect(found).toMatch(/\.$/);
      for (const it of found.variants) expectSound(text, it.text, undefined);
      for (const { reason } of found.refused) expect(reason).toMatch(/\S/);
    },
  );
});
