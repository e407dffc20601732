import { expect, test } from "vitest";
import { toolchainInFinalStage as rule } from "../../../../server/src/rules/dockerfile/toolchain-in-final-stage.ts";
import { expectProblems, fixes, problemsOf, reports } from "../../../support/check.ts";
import { contextOf } from "../../../support/model.ts";

test("a compiler's image that compiles and starts the program", () => {
  reports(rule)`
    FROM golang:1.27-alpine
         ^^^^^^^^^^^^^^^^^^ toolchain-in-final-stage
    WORKDIR /src
    COPY . .
    RUN go build -o /api .
    ENTRYPOINT ["/api"]
  `;
  reports(rule)`
    FROM golang:1.27 AS base
    RUN go install example.com/tool@v1.0.0
    FROM base
         ^^^^ toolchain-in-final-stage: golang:1.27 is a toolchain, and the image ships it although only the program that it builds is started.
    CMD tool serve
  `;
});

test("says where it is built, and what is known of the image", () => {
  const [problem] = problemsOf(rule)`
    FROM golang:1.27
    RUN go build -o /api .
    CMD ["/api"]
  `;
  expect(problem?.related.map((it) => it.message)).toEqual([
    "The program is built here.",
    expect.stringMatching(/^golang:1\.27 is an image to build with( of \d+ MB( compressed)?)?\.$/),
  ]);
});

test("not in a builder stage", () => {
  reports(rule)`
    FROM golang:1.27 AS builder
    RUN CGO_ENABLED=0 go build -o /api .
    FROM scratch
    COPY --from=builder /api /api
    CMD ["/api"]
  `;
});

test("not when the container starts the toolchain, or nothing of its own", () => {
  reports(rule)`
    FROM golang:1.27
    RUN go install github.com/air-verse/air@v1.63.0
    CMD ["air"]
  `;
  reports(rule)`
    FROM golang:1.27
    RUN go build ./...
    CMD go test ./...
  `;
  reports(rule)`
    FROM golang:1.27
    RUN go build ./...
  `;
  reports(rule)`
    FROM golang:1.27
    COPY tool /usr/local/bin/
    CMD ["tool"]
  `;
});

test("not languages that need their image to run", () => {
  reports(rule)`
    FROM node:24
    RUN npm ci && npm run build
    CMD ["node", "server.js"]
  `;
  reports(rule)`
    FROM python:3.14
    RUN pip install --no-cache-dir -r requirements.txt
    CMD ["python", "app.py"]
  `;
});

test("a runtime is enough for what another stage built", () => {
  fixes(rule, "unsafe")`
    FROM eclipse-temurin:21-jdk-alpine AS build
    RUN ./mvnw -q package
    FROM eclipse-temurin:21-jdk-alpine
    COPY --from=build /src/target/api.jar /api.jar
    ENTRYPOINT ["java", "-Xmx512m", "-jar", "/api.jar"]
    ->
    FROM eclipse-temurin:21-jdk-alpine AS build
    RUN ./mvnw -q package
    FROM eclipse-temurin:21-jre-alpine
    COPY --from=build /src/target/api.jar /api.jar
    ENTRYPOINT ["java", "-Xmx512m", "-jar", "/api.jar"]
  `;
  fixes(rule, "unsafe")`
    FROM mcr.microsoft.com/dotnet/sdk:10.0
    COPY publish/ /app/
    CMD dotnet /app/Api.dll
    ->
    FROM mcr.microsoft.com/dotnet/aspnet:10.0
    COPY publish/ /app/
    CMD dotnet /app/Api.dll
  `;
  reports(rule)`
    FROM golang:1.27 AS build
    RUN go build -o /api .
    FROM golang:1.27
         ^^^^^^^^^^^ toolchain-in-final-stage: golang:1.27 is a toolchain, and the image ships it although it only starts a program that was built before.
    COPY --from=build /api /api
    CMD ["/api"]
  `;
  reports(rule)`
    FROM eclipse-temurin:21-jdk
    COPY api.jar /api.jar
    RUN jlink --output /jre
    CMD ["java", "-jar", "/api.jar"]
  `;
});

test("what compiles its sources at each start, and what is for development", () => {
  reports(rule)`
    FROM golang:1.27
         ^^^^^^^^^^^ toolchain-in-final-stage: golang:1.27 is a toolchain, and the image ships it to compile the program each time it starts.
    COPY . .
    CMD ["go", "run", "./cmd/api"]
  `;
  reports(rule)`
    FROM mcr.microsoft.com/dotnet/sdk:10.0
         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ toolchain-in-final-stage
    COPY . .
    RUN dotnet build
    CMD dotnet run --no-launch-profile
  `;
  reports(rule)`
    FROM golang:1.27 AS dev
    COPY . .
    CMD ["go", "run", "."]
  `;
  reports(rule)`
    FROM golang:1.27
    WORKDIR /src
    CMD ["go", "run", "."]
  `;
  reports(rule)`
    FROM golang:1.27
    COPY . .
    CMD ["go", "run", "github.com/air-verse/air@v1.63.0"]
  `;
});

test("make, and CUDA's images to develop with", () => {
  reports(rule)`
    FROM golang:1.27
         ^^^^^^^^^^^ toolchain-in-final-stage
    COPY . .
    RUN make build
    CMD ["./bin/api"]
  `;
  reports(rule)`
    FROM nvidia/cuda:12.8.1-devel-ubuntu24.04
         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ toolchain-in-final-stage
    COPY . .
    RUN nvcc -o /solve solve.cu
    CMD ["/solve"]
  `;
  reports(rule)`
    FROM golang:1.27
    COPY . .
    RUN make lint test
    CMD ["./tool"]
  `;
});

test("CUDA's compiler beside a program that another stage compiled", () => {
  fixes(rule, "unsafe", "runtime")`
    FROM nvidia/cuda:13.0.1-cudnn-devel-ubuntu24.04 AS builder
    WORKDIR /src
    COPY main.cu .
    RUN nvcc -O2 -o /app main.cu
    FROM nvidia/cuda:13.0.1-cudnn-devel-ubuntu24.04
    COPY --from=builder /app /app
    CMD ["/app"]
    ->
    FROM nvidia/cuda:13.0.1-cudnn-devel-ubuntu24.04 AS builder
    WORKDIR /src
    COPY main.cu .
    RUN nvcc -O2 -o /app main.cu
    FROM nvidia/cuda:13.0.1-cudnn-runtime-ubuntu24.04
    COPY --from=builder /app /app
    CMD ["/app"]
  `;
});

test("a script may want the toolchain, unless it can be read", () => {
  const context = (text: string) => ({ context: contextOf({ "go.mod": "module a\n", "start.sh": text }) });
  reports(rule, context("#!/bin/sh\nset -e\nexec /usr/local/bin/api\n"))`
    FROM golang:1.27
         ^^^^^^^^^^^ toolchain-in-final-stage
    WORKDIR /src
    COPY . .
    RUN go build -o /usr/local/bin/api .
    COPY start.sh /start.sh
    ENTRYPOINT ["/start.sh"]
  `;
  reports(rule, context("#!/bin/sh\ngo generate ./...\nexec /usr/local/bin/api\n"))`
    FROM golang:1.27
    WORKDIR /src
    COPY . .
    RUN go build -o /usr/local/bin/api .
    COPY start.sh /start.sh
    ENTRYPOINT ["/start.sh"]
  `;
  reports(rule)`
    FROM golang:1.27
    COPY docker/*.sh /root/
    RUN go build -o /usr/local/bin/api .
    ENTRYPOINT ["/root/install-and-init.sh"]
  `;
});

test("a script may start more than what make built", () => {
  reports(rule)`
    FROM nvidia/cuda:12.6.3-devel-ubuntu24.04
    RUN apt-get update && apt-get install -y git postgresql
    RUN git clone https://example.com/extension && cd extension && make && make install
    ENTRYPOINT ["bash", "/app/entrypoint.sh"]
  `;
});

test("JDKs of vendors, and images of compilers by their names", () => {
  reports(rule)`
    FROM maven:3.9-amazoncorretto-21
         ^^^^^^^^^^^^^^^^^^^^^^^^^^^ toolchain-in-final-stage
    WORKDIR /src
    COPY . .
    RUN mvn -B package
    ENTRYPOINT java $JAVA_OPTS -jar target/demo.jar
  `;
  reports(rule)`
    FROM swift:6.0
         ^^^^^^^^^ toolchain-in-final-stage
    COPY . /src
    RUN cd /src && swift build -c release
    CMD ["/src/.build/release/Run"]
  `;
  reports(rule)`
    FROM gcc:14
         ^^^^^^ toolchain-in-final-stage
    COPY . /src
    WORKDIR /src/build
    RUN cmake -G Ninja .. && ninja
    CMD ["./server"]
  `;
});

test("a compiler that a package brings", () => {
  reports(rule)`
    FROM ubuntu:24.04
    RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates golang-go
                                                                                     ^^^^^^^^^ toolchain-in-final-stage: golang-go is a toolchain, and the image ships it although only the program that it builds is started.
    COPY . /src
    RUN cd /src && go build -o /usr/local/bin/api .
    ENTRYPOINT ["/usr/local/bin/api"]
  `;
});

test("not one that is taken away, is started, or built something beside what is started", () => {
  reports(rule)`
    FROM ubuntu:24.04
    COPY . /src
    RUN apt-get update && apt-get install -y golang-go && go build -o /api . && apt-get purge -y golang-go
    ENTRYPOINT ["/api"]
  `;
  reports(rule)`
    FROM alpine:3.24
    RUN apk add --no-cache go
    CMD ["go", "run", "."]
  `;
  reports(rule)`
    FROM debian:trixie-slim
    RUN apt-get update && apt-get install -y golang-go nodejs && go install example.com/tool@latest
    CMD ["node", "index.js"]
  `;
  reports(rule)`
    FROM amazoncorretto:21
    COPY app.jar /
    ENTRYPOINT ["java", "-jar", "/app.jar"]
  `;
  reports(rule)`
    FROM swift:6.0-slim
    COPY . /src
    RUN swift build
    CMD ["/src/Run"]
  `;
});

test("JDKs of vendors and of packages, where there is a JRE", () => {
  fixes(rule, "unsafe")`
    FROM azul/zulu-openjdk:21
    COPY app.jar /
    CMD ["java", "-jar", "/app.jar"]
    ->
    FROM azul/zulu-openjdk:21-jre
    COPY app.jar /
    CMD ["java", "-jar", "/app.jar"]
  `;
  fixes(rule, "unsafe")`
    FROM debian:trixie-slim
    RUN apt-get update && apt-get install -y openjdk-21-jdk-headless
    COPY app.jar /
    CMD ["java", "-jar", "/app.jar"]
    ->
    FROM debian:trixie-slim
    RUN apt-get update && apt-get install -y openjdk-21-jre-headless
    COPY app.jar /
    CMD ["java", "-jar", "/app.jar"]
  `;
  reports(rule)`
    FROM alpine:3.24
    RUN apk add --no-cache openjdk21 && jlink --add-modules java.base --output /jre
    CMD ["/jre/bin/java", "-jar", "/app.jar"]
  `;
  reports(rule)`
    FROM alpine:3.24
    RUN apk add --no-cache openjdk21-jre
    CMD ["java", "-jar", "/app.jar"]
  `;
});

test("a wrapper that a shell is handed builds, and so may a script that cannot be read", () => {
  reports(rule)`
    FROM eclipse-temurin:21-jdk
         ^^^^^^^^^^^^^^^^^^^^^^ toolchain-in-final-stage: eclipse-temurin:21-jdk is a toolchain, and the image ships it although only the program that it builds is started.
    WORKDIR /app
    COPY . .
    RUN sh ./gradlew bootJar
    ENTRYPOINT ["java", "-jar", "build/libs/app.jar"]
  `;
  reports(rule)`
    FROM eclipse-temurin:21-jdk
         ^^^^^^^^^^^^^^^^^^^^^^ toolchain-in-final-stage: eclipse-temurin:21-jdk is a toolchain, and the image ships it although only the program that it builds is started.
    COPY . .
    RUN ["./mvnw", "package"]
    ENTRYPOINT ["java", "-jar", "target/app.jar"]
  `;
  for (const run of ["./build.sh", "sh build.sh", "ant dist", "bash tools/build"])
    expectProblems(
      rule,
      `FROM eclipse-temurin:21-jdk\nWORKDIR /app\nCOPY . .\nRUN ${run}\nENTRYPOINT ["java", "-jar", "dist/app.jar"]\n`,
    );
});

test("a release of Elixir brings its own runtime", () => {
  reports(rule)`
    FROM elixir:1.18
         ^^^^^^^^^^^ toolchain-in-final-stage: elixir:1.18 is a toolchain, and the image ships it although only the program that it builds is started.
    WORKDIR /app
    COPY . .
    RUN mix deps.get && mix release
    CMD ["_build/prod/rel/app/bin/app", "start"]
  `;
  reports(rule)`
    FROM elixir:1.18
    WORKDIR /app
    COPY . .
    RUN mix deps.get && mix compile
    CMD ["mix", "phx.server"]
  `;
});

test("what cargo install builds where its image's own page does", () => {
  const context = contextOf({
    "Cargo.toml": '[package]\nname = "shop"\nversion = "0.1.0"\nedition = "2024"\n',
    "src/main.rs": "fn main() {}\n",
  });
  fixes(rule, "unsafe", "", { context })`
    FROM rust:1.91
    WORKDIR /usr/src/shop
    COPY . .
    RUN cargo install --path .
    CMD ["shop"]
    ->
    FROM rust:1.91 AS builder
    WORKDIR /usr/src/shop
    COPY . .
    RUN cargo install --path .

    FROM gcr.io/distroless/cc-debian13:nonroot
    COPY --from=builder /usr/local/cargo/bin/shop /usr/local/cargo/bin/shop
    CMD ["/usr/local/cargo/bin/shop"]
  `;
});
