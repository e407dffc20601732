import { expect, test } from "vitest";
import { checkDockerfile } from "../../../../server/src/rules/check.ts";
import { commandNotInImage as rule } from "../../../../server/src/rules/dockerfile/command-not-in-image.ts";
import { fixes, reports } from "../../../support/check.ts";
import { contextOf, modelOf } from "../../../support/model.ts";

test("exec form and shell form, absolute and from the working directory", () => {
  reports(rule)`
    FROM golang:1.27-alpine AS build
    WORKDIR /src
    RUN go build -o /out/api ./cmd
    FROM alpine:3.24
    WORKDIR /app
    COPY --from=build /out/api /app/api
    CMD ["./server", "--port", "80"]
         ^^^^^^^^^^ command-not-in-image: Nothing puts /app/server into this image.
    FROM alpine:3.24
    COPY --from=build /out/api /app/api
    ENTRYPOINT /bin2/api --port 80
               ^^^^^^^^^ command-not-in-image: Nothing puts /bin2/api into this image.
  `;
});

test("not what is there, or may be", () => {
  reports(rule)`
    FROM golang:1.27-alpine AS build
    RUN go build -o /out/api ./cmd
    FROM alpine:3.24
    WORKDIR /app
    COPY --from=build /out/api ./
    CMD ["./api"]
    FROM alpine:3.24
    COPY --from=build /out/api /app/api
    COPY . /srv
    ENTRYPOINT ["/srv/start.sh"]
    FROM alpine:3.24
    COPY --from=build /out/api /app/api
    RUN ./install.sh
    ENTRYPOINT ["/opt/tool/run"]
    FROM alpine:3.24
    COPY --from=build /out/api /app/api
    CMD ["/bin/sh"]
    FROM example.com/team/base:1
    COPY --from=build /out/api /app/api
    CMD ["/run.sh"]
  `;
});

test("not what is mounted when the container starts", () => {
  reports(rule)`
    FROM golang:1.27-alpine
    WORKDIR /app
    CMD ["/app/dev"]
    FROM alpine:3.24
    COPY <<EOF /etc/motd
    hello
    EOF
    VOLUME /data
    CMD ["/data/run"]
  `;
});

test("not the CMD of an image with an entrypoint, nor one that is replaced", () => {
  reports(rule, { context: contextOf({ api: "" }) })`
    FROM postgres:18
    COPY api /api
    CMD ["/no/such/file"]
    FROM alpine:3.24
    COPY api /api
    ENTRYPOINT ["/nope"]
    ENTRYPOINT ["/api"]
  `;
});

test("starts what is there", () => {
  fixes(rule, "unsafe")`
    FROM golang:1.27 AS build
    RUN go build -o /out/api ./cmd
    FROM scratch
    COPY --from=build /out/api /bin/api
    ENTRYPOINT ["/app/api", "-v"]
    ->
    FROM golang:1.27 AS build
    RUN go build -o /out/api ./cmd
    FROM scratch
    COPY --from=build /out/api /bin/api
    ENTRYPOINT ["/bin/api", "-v"]
  `;
});

test("not a venv, an archive that ADD unpacks, or what a package brings", () => {
  reports(rule, { context: contextOf({ "main.py": "", "root.tar.gz": "" }) })`
    FROM python:3.14-slim
    RUN python -m venv /venv && /venv/bin/pip install gunicorn
    COPY main.py /app/
    CMD ["/venv/bin/gunicorn", "main:app"]
    FROM alpine:3.24
    ADD root.tar.gz /
    COPY main.py /app/
    ENTRYPOINT ["/init"]
    FROM alpine:3.24
    RUN apk add --no-cache tini
    COPY main.py /app/
    ENTRYPOINT ["/sbin/tini", "--", "/app/main.py"]
  `;
});

test("not what a stage built on this one brings", () => {
  reports(rule, { context: contextOf({ "start.sh": "", api: "" }) })`
    FROM debian:trixie-slim AS base
    COPY api /usr/bin/api
    WORKDIR /srv
    ENTRYPOINT ["./start.sh"]
    FROM base AS ship
    COPY start.sh ./
    FROM base AS moved
    COPY start.sh /run/
    WORKDIR /run
  `;
  reports(rule, { context: contextOf({ api: "" }) })`
    FROM debian:trixie-slim AS base
    COPY api /srv/api
    ENTRYPOINT ["/srv/start"]
                ^^^^^^^^^^^^ command-not-in-image: Nothing puts /srv/start into this image.
    FROM base AS other
    ENTRYPOINT ["/srv/api"]
  `;
});

test("not in a working directory that holds nothing, unless the name stands elsewhere", () => {
  reports(rule, { context: contextOf({ api: "" }) })`
    FROM debian:trixie-slim
    COPY api /usr/local/bin/tool
    WORKDIR /workspace
    ENTRYPOINT ["scripts/dev"]
    FROM debian:trixie-slim
    COPY api /usr/local/bin/
    WORKDIR /workspace
    CMD ["./api"]
         ^^^^^^^ command-not-in-image: Nothing puts /workspace/api into this image.
  `;
});

test("a script that no COPY brings to its interpreter", () => {
  const context = contextOf({
    "package.json": '{ "scripts": { "start": "node server.js" } }',
    "server.js": "",
    "src/main.js": "",
    "app.py": "",
    "app.jar": "",
  });
  fixes(rule, "unsafe", "", { context })`
    FROM node:24-alpine
    WORKDIR /app
    COPY package*.json ./
    RUN npm ci --omit=dev
    COPY . .
    CMD ["node", "--enable-source-maps", "index.js"]
    ->
    FROM node:24-alpine
    WORKDIR /app
    COPY package*.json ./
    RUN npm ci --omit=dev
    COPY . .
    CMD ["node", "--enable-source-maps", "server.js"]
  `;
  fixes(rule, "unsafe", "", { context })`
    FROM python:3.14-slim
    WORKDIR /app
    RUN pip install flask
    COPY app.py .
    CMD exec python -u main.py
    ->
    FROM python:3.14-slim
    WORKDIR /app
    RUN pip install flask
    COPY app.py .
    CMD exec python -u app.py
  `;
  fixes(rule, "unsafe", "", { context })`
    FROM eclipse-temurin:21-jre
    WORKDIR /opt/app
    COPY app.jar service.jar
    ENTRYPOINT ["java", "-jar", "/service.jar"]
    ->
    FROM eclipse-temurin:21-jre
    WORKDIR /opt/app
    COPY app.jar service.jar
    ENTRYPOINT ["java", "-jar", "/opt/app/service.jar"]
  `;
});

test("not where something may make the script or bring it, or nothing alike is seen", () => {
  const files = { "package.json": "{}", "server.js": "" };
  for (const middle of [
    "COPY . .\nRUN npm run build",
    "COPY . .\nRUN ./prepare.sh",
    "COPY --from=web /out .\nCOPY . .",
    "COPY . .\nVOLUME /app",
    "COPY *.js ./",
    "COPY package.json ./",
  ])
    expect(
      checkDockerfile(
        modelOf(`FROM node:24 AS web\nFROM node:24\nWORKDIR /app\n${middle}\nCMD ["node", "index.js"]\n`, {
          context: contextOf(files),
        }),
        { rules: [rule] },
      ),
    ).toEqual([]);
  for (const text of [
    'FROM node:24\nWORKDIR /app\nCOPY . .\nCMD ["node", "dist/main.js"]',
    'FROM example.com/base:1\nWORKDIR /app\nCOPY . .\nCMD ["node", "index.js"]',
    'FROM node:24\nWORKDIR /app\nCOPY . .\nCMD ["node", "server.js"]',
  ])
    expect(checkDockerfile(modelOf(text, { context: contextOf(files) }), { rules: [rule] })).toEqual([]);
});

test("a script that the build makes elsewhere", () => {
  const files = {
    "package.json": '{ "scripts": { "build": "tsc" } }',
    "tsconfig.json": '{ "compilerOptions": { "outDir": "dist" } }',
    "src/index.ts": "",
  };
  const context = contextOf(files);
  reports(rule, { context })`
    FROM node:24-alpine AS build
    WORKDIR /app
    COPY . .
    RUN npm install && npm run build
    FROM node:24-alpine
    WORKDIR /app
    COPY package.json ./
    RUN npm install --omit=dev
    COPY --from=build /app/dist ./dist
    CMD ["node", "build/index.js"]
                 ^^^^^^^^^^^^^^^^ command-not-in-image: Nothing puts /app/build/index.js into this image.
  `;
  reports(rule, { context })`
    FROM node:24-alpine
    WORKDIR /app
    COPY . .
    RUN npm install && npm run build
    CMD node build/index.js
             ^^^^^^^^^^^^^^ command-not-in-image
  `;
  reports(rule, { context })`
    FROM node:24-alpine
    WORKDIR /app
    COPY . .
    RUN npm install && npm run build
    CMD ["node", "dist/src/index.js"]
  `;
  const started = {
    ...files,
    "package.json":
      '{ "scripts": { "build": "tsc", "start": "node build/index.js", "serve": "node dist/index.js" } }',
  };
  reports(rule, { context: contextOf(started) })`
    FROM node:24-alpine AS build
    WORKDIR /app
    COPY . .
    RUN npm install && npm run build
    FROM build
    CMD ["npm", "start"]
         ^^^^^ command-not-in-image: Nothing puts /app/build/index.js into this image, which a script of package.json starts.
  `;
  reports(rule, { context: contextOf(started) })`
    FROM node:24-alpine
    WORKDIR /app
    COPY . .
    RUN npm install && npm run build
    CMD npm run serve
  `;
  // Another package.json is where it starts.
  reports(rule, { context: contextOf({ ...started, "web/package.json": started["package.json"] }) })`
    FROM node:24-alpine
    WORKDIR /app
    COPY . .
    RUN npm install && npm run build
    WORKDIR /app/web
    CMD npm start
  `;
  // It is built elsewhere, and mounted.
  reports(rule, { context })`
    FROM node:24-alpine
    WORKDIR /app
    COPY package.json ./
    RUN npm install
    CMD ["node", "build/index.js"]
  `;
});

test("a path behind the entrypoint of the base", () => {
  reports(rule)`
    FROM node:24-alpine
    WORKDIR /app
    COPY start.sh /app/start.sh
    CMD ["/app/run.sh"]
         ^^^^^^^^^^^^^ command-not-in-image: Nothing puts /app/run.sh into this image.
  `;
  // Node takes it for a script.
  reports(rule)`
    FROM node:24-alpine
    WORKDIR /app
    COPY server.js /app/server.js
    CMD ["/app/server"]
  `;
  reports(rule)`
    FROM node:24-alpine
    WORKDIR /app
    COPY start.sh /app/start.sh
    ENTRYPOINT ["node"]
    CMD ["/app/run"]
  `;
});

const PROJECT = '<Project Sdk="Microsoft.NET.Sdk.Web"></Project>';

/** Messages about `dotnet X.dll`, where a project is published and the folder is copied. */
function ofAssembly(files: Readonly<Record<string, string>>, project: string, name: string): string[] {
  const dockerfile = `FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
ARG CONFIGURATION=Release
WORKDIR /src
COPY . .
RUN dotnet restore
FROM build AS publish
RUN dotnet publish ${project} -c $CONFIGURATION -o /out /p:UseAppHost=false
FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
COPY --from=publish /out .
ENTRYPOINT ["dotnet", "${name}.dll"]
`;
  return checkDockerfile(modelOf(dockerfile, { context: contextOf(files) }), { rules: [rule] }).map(
    (it) => it.message,
  );
}

test("an assembly that dotnet publish names otherwise", () => {
  const files = { "Web/Web.csproj": PROJECT, "Web/Program.cs": "" };
  expect(ofAssembly(files, "Web/Web.csproj", "web")).toEqual(["Nothing puts /app/web.dll into this image."]);
  expect(ofAssembly(files, "./Web", "Api")).toHaveLength(1);
  expect(ofAssembly({ "Web.csproj": PROJECT }, "", "Api")).toHaveLength(1);
  const named = { "Web/Web.csproj": PROJECT.replace("></", "><AssemblyName>Acme.Web</AssemblyName></") };
  expect(ofAssembly(named, "Web/Web.csproj", "Web")).toHaveLength(1);
  expect(ofAssembly(named, "Web/Web.csproj", "Acme.Web")).toEqual([]);
  fixes(rule, "unsafe", "", { context: contextOf({ "Api.csproj": PROJECT }) })`
    FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
    WORKDIR /src
    COPY . .
    RUN dotnet publish -o /out
    FROM mcr.microsoft.com/dotnet/aspnet:10.0
    WORKDIR /app
    COPY --from=build /out .
    ENTRYPOINT ["dotnet", "MyApi.dll"]
    ->
    FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
    WORKDIR /src
    COPY . .
    RUN dotnet publish -o /out
    FROM mcr.microsoft.com/dotnet/aspnet:10.0
    WORKDIR /app
    COPY --from=build /out .
    ENTRYPOINT ["dotnet", "Api.dll"]
  `;
});

test("not where the assembly may have that name, or another project brings it", () => {
  const web = { "Web/Web.csproj": PROJECT };
  expect(ofAssembly(web, "Web/Web.csproj", "Web")).toEqual([]);
  expect(ofAssembly(web, "Web.sln", "Api")).toEqual([]);
  expect(ofAssembly(web, "Web/Web.csproj -p:AssemblyName=Api", "Api")).toEqual([]);
  expect(ofAssembly({}, "Web/Web.csproj", "Api")).toEqual([]);
  expect(ofAssembly({ "a.csproj": PROJECT, "b.csproj": PROJECT }, "", "Api")).toEqual([]);
  const props =
    "<Project><PropertyGroup><AssemblyName>Acme.$(MSBuildProjectName)</AssemblyName></PropertyGroup></Project>";
  expect(ofAssembly({ ...web, "Directory.Build.props": props }, "Web/Web.csproj", "Acme.Web")).toEqual([]);
  const computed = { "Web/Web.csproj": PROJECT.replace("></", "><AssemblyName>$(Name)</AssemblyName></") };
  expect(ofAssembly(computed, "Web/Web.csproj", "Api")).toEqual([]);
  const referring = {
    "Web/Web.csproj": PROJECT.replace("></", '><ProjectReference Include="..\\Api\\Api.csproj" /></'),
    "Api/Api.csproj": PROJECT,
  };
  expect(ofAssembly(referring, "Web/Web.csproj", "Api")).toEqual([]);
  expect(ofAssembly(referring, "Web/Web.csproj", "Other")).toHaveLength(1);
});

test("a program that the compiler puts into another folder", () => {
  const files = {
    "package.json": '{ "scripts": { "build": "tsc" }, "devDependencies": { "typescript": "^5.9.0" } }',
    "tsconfig.json": '{ "compilerOptions": { "outDir": "dist" } }',
    "src/main.ts": "",
    "vitest.config.ts": "",
  };
  fixes(rule, "unsafe", "", { context: contextOf(files) })`
    FROM node:24-alpine
    WORKDIR /app
    COPY . .
    RUN npm ci && npm run build
    CMD ["node", "dist/main.js"]
    ->
    FROM node:24-alpine
    WORKDIR /app
    COPY . .
    RUN npm ci && npm run build
    CMD ["node", "dist/src/main.js"]
  `;
  fixes(rule, "unsafe", "", { context: contextOf(files) })`
    FROM node:24-alpine AS build
    WORKDIR /src
    COPY . .
    RUN npm ci && npm run build
    FROM node:24-alpine
    WORKDIR /app
    COPY --from=build /src/dist ./dist
    CMD ["node", "dist/main"]
    ->
    FROM node:24-alpine AS build
    WORKDIR /src
    COPY . .
    RUN npm ci && npm run build
    FROM node:24-alpine
    WORKDIR /app
    COPY --from=build /src/dist ./dist
    CMD ["node", "dist/src/main"]
  `;
  reports(rule, { context: contextOf(files) })`
    FROM node:24-alpine
    WORKDIR /app
    COPY . .
    RUN npm ci && npm run build
    CMD ["node", "dist/src/main"]
  `;
  // It is there before the build, or made by something else.
  reports(rule, { context: contextOf({ ...files, "dist/main.js": "" }) })`
    FROM node:24-alpine
    WORKDIR /app
    COPY . .
    RUN npm ci && npm run build
    CMD ["node", "dist/main"]
  `;
  reports(rule, { context: contextOf(files) })`
    FROM node:24-alpine
    WORKDIR /app
    COPY . .
    RUN npm ci && npm run build && cp -r dist/src/. dist
    CMD ["node", "dist/main.js"]
  `;
});

test("files behind `run`, and one that lies a folder further down", () => {
  reports(rule, { context: contextOf({ "main.py": "", "package.json": "{}" }) })`
    FROM python:3.13-slim
    WORKDIR /app
    RUN pip install streamlit
    COPY . .
    CMD ["streamlit", "run", "app.py", "--server.port=8501"]
                             ^^^^^^^^ command-not-in-image: Nothing puts /app/app.py into this image.
  `;
  reports(rule, { context: contextOf({ "src/main.py": "", "requirements.txt": "" }) })`
    FROM python:3.13-slim
    WORKDIR /app
    COPY . .
    CMD ["python", "main.py"]
                   ^^^^^^^^^ command-not-in-image: Nothing puts /app/main.py into this image.
  `;
  reports(rule, { context: contextOf({ "src/index.ts": "", "index.ts": "" }) })`
    FROM oven/bun:1
    COPY . .
    CMD ["bun", "run", "index.ts"]
  `;
  reports(rule, { context: contextOf({ "main.ts": "" }) })`
    FROM denoland/deno:2.1.4
    WORKDIR /app
    COPY main.ts .
    CMD ["deno", "run", "--allow-net", "-A", "server.ts"]
                                             ^^^^^^^^^^^ command-not-in-image
  `;
});

test("a slip of a program that comes with a folder", () => {
  const context = contextOf({ "start.sh": "#!/bin/sh\n", "bin/server": "", "README.md": "" });
  fixes(rule, "unsafe", "Start ./start.sh", { context })`
    FROM debian:trixie-slim
    WORKDIR /app
    COPY . .
    ENTRYPOINT ["./strat.sh"]
    ->
    FROM debian:trixie-slim
    WORKDIR /app
    COPY . .
    ENTRYPOINT ["./start.sh"]
  `;
  reports(rule, { context })`
    FROM debian:trixie-slim
    WORKDIR /app
    COPY . .
    CMD ["/app/bin/sever"]
         ^^^^^^^^^^^^^^^^ command-not-in-image: Nothing puts /app/bin/sever into this image; did you mean server?
  `;
  reports(rule, { context })`
    FROM debian:trixie-slim
    WORKDIR /app
    COPY . .
    CMD ["/app/bin/worker"]
  `;
  reports(rule, { context })`
    FROM debian:trixie-slim
    WORKDIR /app
    VOLUME /app
    COPY . .
    CMD ["./strat.sh"]
  `;
});

test("sources that bun, deno and go start", () => {
  const context = contextOf({
    "package.json": "{}",
    "go.mod": "module x\n",
    "src/index.ts": "",
    "cmd/main.go": "",
  });
  reports(rule, { context })`
    FROM oven/bun:1
    WORKDIR /app
    COPY package.json ./
    RUN bun install
    COPY . .
    CMD ["bun", "run", "index.ts"]
                       ^^^^^^^^^^ command-not-in-image: Nothing puts /app/index.ts into this image.
  `;
  reports(rule, { context })`
    FROM denoland/deno:debian-2.5.0
    WORKDIR /app
    COPY . .
    RUN deno cache src/deps.ts
    CMD ["deno", "run", "--allow-net", "--allow-env=PORT", "-A", "index.ts"]
                                                                 ^^^^^^^^^^ command-not-in-image
  `;
  reports(rule, { context })`
    FROM golang:1.27
    WORKDIR /app
    COPY go.mod ./
    RUN go mod download
    COPY . .
    CMD ["go", "run", "main.go"]
                      ^^^^^^^^^ command-not-in-image
  `;
});

test("not those that are there, that a script names, or that may come from elsewhere", () => {
  const context = contextOf({
    "package.json": '{ "scripts": { "dev": "bun src/index.ts" } }',
    "src/index.ts": "",
    "cmd/main.go": "",
  });
  reports(rule, { context })`
    FROM oven/bun:1
    WORKDIR /app
    COPY . .
    CMD ["bun", "run", "src/index.ts"]
  `;
  reports(rule, { context })`
    FROM oven/bun:1
    WORKDIR /app
    COPY . .
    CMD ["bun", "run", "dev"]
  `;
  reports(rule, { context })`
    FROM denoland/deno:2.5.0
    WORKDIR /app
    COPY . .
    CMD ["deno", "run", "https://example.com/index.ts"]
  `;
  reports(rule, { context })`
    FROM denoland/deno:2.5.0
    WORKDIR /app
    COPY . .
    RUN deno task generate
    CMD ["deno", "run", "index.ts"]
  `;
  reports(rule, { context })`
    FROM golang:1.27
    WORKDIR /app
    COPY . .
    CMD ["go", "run", "cmd/main.go"]
  `;
});

test("a shell that the base lacks, which nobody mounts, in an image that holds nothing of its own", () => {
  reports(rule)`
    FROM alpine:3.24
    ENTRYPOINT ["/bin/bash"]
                ^^^^^^^^^^^ command-not-in-image: Nothing puts /bin/bash into this image.
  `;
  reports(rule)`
    FROM debian:trixie-slim
    ENTRYPOINT ["/bin/ash", "-c", "true"]
                ^^^^^^^^^^ command-not-in-image
  `;
  for (const text of [
    'FROM alpine:3.24\nENTRYPOINT ["/bin/sh"]',
    'FROM alpine:3.24\nRUN apk add bash\nENTRYPOINT ["/bin/bash"]',
    'FROM debian:trixie-slim\nENTRYPOINT ["/usr/bin/bash"]',
    'FROM example.com/team/base:1\nENTRYPOINT ["/bin/bash"]',
    'FROM alpine:3.24\nENTRYPOINT ["/usr/bin/server"]',
    'FROM alpine:3.24 AS base\nENTRYPOINT ["/bin/bash"]\nFROM base\nRUN apk add bash',
  ])
    expect(checkDockerfile(modelOf(`${text}\n`), { rules: [rule] }), text).toEqual([]);
});
