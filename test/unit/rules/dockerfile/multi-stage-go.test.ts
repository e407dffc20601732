import { expect, test } from "vitest";
import { checkDockerfile } from "../../../../server/src/rules/check.ts";
import { toolchainInFinalStage as rule } from "../../../../server/src/rules/dockerfile/toolchain-in-final-stage.ts";
import { applyEdits } from "../../../../server/src/text/edit.ts";
import { source } from "../../../../server/src/text/source.ts";
import { fixes, offersNothing, problemsOf, reports, type TestInputs } from "../../../support/check.ts";
import { contextOf, modelOf } from "../../../support/model.ts";

test("a static program, in an image that has nothing but what it needs", () => {
  fixes(rule, "unsafe")`
    FROM golang:1.27
    WORKDIR /src
    COPY go.mod go.sum ./
    RUN go mod download
    COPY . .
    # No symbols.
    RUN go build -ldflags="-s -w" -o /api ./cmd/api

    EXPOSE 8080
    ENTRYPOINT ["/api"]
    CMD ["serve"]
    ->
    FROM golang:1.27 AS builder
    WORKDIR /src
    COPY go.mod go.sum ./
    RUN go mod download
    COPY . .
    # No symbols.
    RUN CGO_ENABLED=0 go build -ldflags="-s -w" -o /api ./cmd/api

    FROM gcr.io/distroless/static-debian13:nonroot
    COPY --from=builder /api /api

    EXPOSE 8080
    ENTRYPOINT ["/api"]
    CMD ["serve"]
  `;
});

test("a program among its sources moves to where programs are; shell form becomes exec form", () => {
  fixes(rule, "unsafe")`
    FROM golang:1.27-alpine AS app
    WORKDIR /app
    ENV PORT=8080 \
        LOG=json
    ENV CGO_ENABLED=0
    EXPOSE 8080
    COPY . .
    RUN go build -o main .
    CMD ./main -v
    ->
    FROM golang:1.27-alpine AS builder
    WORKDIR /app
    ENV PORT=8080 \
        LOG=json
    ENV CGO_ENABLED=0
    COPY . .
    RUN go build -o main .

    FROM gcr.io/distroless/static-debian13:nonroot AS app
    COPY --from=builder /app/main /usr/local/bin/main
    ENV PORT=8080 \
        LOG=json
    EXPOSE 8080
    CMD ["/usr/local/bin/main", "-v"]
  `;
});

test("Alpine where a shell or a tool is needed, with a user of its own", () => {
  fixes(rule, "unsafe")`
    FROM golang:1.27-alpine
    WORKDIR /src
    COPY . .
    RUN go build -o /usr/local/bin/api .
    HEALTHCHECK CMD wget -q -O /dev/null http://127.0.0.1:8080/ || exit 1
    CMD ["/usr/local/bin/api"]
    ->
    FROM golang:1.27-alpine AS builder
    WORKDIR /src
    COPY . .
    RUN go build -o /usr/local/bin/api .

    FROM alpine:3.24
    RUN adduser -D app
    COPY --from=builder /usr/local/bin/api /usr/local/bin/api
    USER app
    HEALTHCHECK CMD wget -q -O /dev/null http://127.0.0.1:8080/ || exit 1
    CMD ["/usr/local/bin/api"]
  `;
  fixes(rule, "unsafe")`
    FROM golang:1.27
    ARG VERSION=dev
    WORKDIR /src
    COPY . .
    RUN CGO_ENABLED=0 go build -ldflags "-X main.version=\${VERSION}" -o api .
    LABEL org.opencontainers.image.version=$VERSION
    RUN useradd app
    USER app
    HEALTHCHECK CMD ["curl", "-f", "http://127.0.0.1:8080/"]
    CMD exec ./api --port $PORT
    ->
    FROM golang:1.27 AS builder
    ARG VERSION=dev
    WORKDIR /src
    COPY . .
    RUN CGO_ENABLED=0 go build -ldflags "-X main.version=\${VERSION}" -o api .
    RUN useradd app

    FROM alpine:3.24
    ARG VERSION=dev
    RUN apk add --no-cache curl
    RUN adduser -D -H app
    COPY --from=builder /src/api /usr/local/bin/api
    LABEL org.opencontainers.image.version=$VERSION
    USER app
    HEALTHCHECK CMD ["curl", "-f", "http://127.0.0.1:8080/"]
    CMD exec /usr/local/bin/api --port $PORT
  `;
});

test("the user of the image takes the place of one that is not there", () => {
  fixes(rule, "unsafe")`
    FROM golang:1.27-alpine
    RUN adduser -D app
    WORKDIR /src
    COPY . .
    RUN go build -o /api .
    USER app
    ENTRYPOINT ["/api"]
    ->
    FROM golang:1.27-alpine AS builder
    RUN adduser -D app
    WORKDIR /src
    COPY . .
    RUN go build -o /api .

    FROM gcr.io/distroless/static-debian13:nonroot
    COPY --from=builder /api /api
    USER nonroot
    ENTRYPOINT ["/api"]
  `;
});

test("files that the program reads come along", () => {
  const context = contextOf({
    "go.mod": "module example.com/shop\n",
    "main.go":
      'package main\nimport (\n\t"html/template"\n\t"example.com/shop/web"\n)\n//go:embed migrations/*.sql\nvar t = template.Must(template.ParseGlob("templates/*.html"))\nfunc main() { open("./config.yaml") }\n',
    "web/web.go": "package web\n",
    "templates/index.html": "",
    "config.yaml": "",
    "migrations/1.sql": "",
    "static/app.css": "",
  });
  fixes(rule, "unsafe", "", { context })`
    FROM golang:1.27-alpine
    WORKDIR /app
    COPY . .
    RUN go build -o shop .
    CMD ["./shop"]
    ->
    FROM golang:1.27-alpine AS builder
    WORKDIR /app
    COPY . .
    RUN go build -o shop .

    FROM gcr.io/distroless/static-debian13:nonroot
    WORKDIR /app
    COPY --from=builder /app/shop /usr/local/bin/shop
    COPY --from=builder /app/config.yaml /app/config.yaml
    COPY --from=builder /app/templates /app/templates
    CMD ["/usr/local/bin/shop"]
  `;
  fixes(rule, "unsafe")`
    FROM golang:1.27-alpine
    WORKDIR /app
    COPY go.mod main.go ./
    COPY templates ./templates
    RUN go build -o /bin/shop .
    COPY config.yaml ./
    CMD ["/bin/shop"]
    ->
    FROM golang:1.27-alpine AS builder
    WORKDIR /app
    COPY go.mod main.go ./
    COPY templates ./templates
    RUN go build -o /bin/shop .

    FROM gcr.io/distroless/static-debian13:nonroot
    WORKDIR /app
    COPY --from=builder /bin/shop /bin/shop
    COPY templates ./templates
    COPY config.yaml ./
    CMD ["/bin/shop"]
  `;
});

test("files that the program reads by their whole path come along", () => {
  const context = contextOf({
    "go.mod": "module example.com/shop\n",
    "main.go":
      'package main\nfunc main() { open("/app/texts/en/bye.txt"); open("/etc/shop/x"); open("/apple") }\n',
    "texts/en/bye.txt": "",
    apple: "",
  });
  fixes(rule, "unsafe", "", { context })`
    FROM golang:1.27-alpine
    WORKDIR /app
    COPY . .
    RUN go build -o shop .
    CMD ["./shop"]
    ->
    FROM golang:1.27-alpine AS builder
    WORKDIR /app
    COPY . .
    RUN go build -o shop .

    FROM gcr.io/distroless/static-debian13:nonroot
    WORKDIR /app
    COPY --from=builder /app/shop /usr/local/bin/shop
    COPY --from=builder /app/texts /app/texts
    CMD ["/usr/local/bin/shop"]
  `;
});

test("nothing for a program that starts others", () => {
  const context = contextOf({
    "go.mod": "module example.com/shop\n",
    "main.go":
      'package main\n\nimport (\n\t"fmt"\n\t"os/exec"\n)\n\nfunc main() { fmt.Println(exec.Command("git", "log")) }\n',
  });
  offersNothing(rule, { context })`
    FROM golang:1.27-alpine
    WORKDIR /app
    COPY . .
    RUN go build -o shop .
    CMD ["./shop"]
  `;
});

test("go install, and builds in one RUN with others", () => {
  fixes(rule, "unsafe")`
    FROM golang:1.27-alpine
    RUN apk add --no-cache git && go install example.com/tool@v1.0.0
    ENTRYPOINT ["tool"]
    ->
    FROM golang:1.27-alpine AS builder
    RUN apk add --no-cache git && go install example.com/tool@v1.0.0

    FROM gcr.io/distroless/static-debian13:nonroot
    COPY --from=builder /go/bin/tool /usr/local/bin/tool
    ENTRYPOINT ["/usr/local/bin/tool"]
  `;
});

test("nothing where it is not certain what the program needs", () => {
  offersNothing(rule)`
    FROM golang:1.27
    RUN apt-get update && apt-get install -y ffmpeg
    RUN go build -o /api .
    CMD ["/api"]
  `;
  offersNothing(rule)`
    FROM golang:1.27
    RUN apt-get update && apt-get install -y libsqlite3-dev
    RUN go build -o /api .
    CMD ["/api"]
  `;
  offersNothing(rule)`
    FROM golang:1.27
    RUN CGO_ENABLED=1 go build -o /api .
    CMD ["/api"]
  `;
  offersNothing(rule)`
    FROM golang:1.27
    COPY . /src
    RUN go build -o /api /src && mkdir /data && ./seed.sh
    VOLUME /data
    CMD ["/api"]
  `;
  reports(rule)`
    FROM golang:1.27
    COPY entrypoint.sh /
    RUN go build -o /api .
    ENTRYPOINT ["/entrypoint.sh"]
    CMD ["/api"]
  `;
  offersNothing(rule)`
    FROM golang:1.27
    RUN go build -o /api ./...
    HEALTHCHECK CMD pg_isready
    CMD ["/api"]
  `;
});

const projects: Readonly<Record<string, { readonly text: string; readonly inputs?: TestInputs }>> = {
  plain: {
    text: source`
      FROM golang:1.27
      WORKDIR /src
      COPY go.mod go.sum ./
      RUN go mod download
      COPY . .
      RUN go build -o /api ./cmd/api
      EXPOSE 8080
      CMD /api
    `,
  },
  "with a probe": {
    text: source`
      FROM golang:1.27-bookworm
      WORKDIR /src
      COPY go.mod go.sum ./
      RUN go mod download
      COPY . .
      RUN go build -o api ./cmd/api
      HEALTHCHECK CMD curl -f http://127.0.0.1:8080/ || exit 1
      CMD ["./api"]
    `,
  },
};

test.each(Object.entries(projects))(
  "%s: what comes out is silent for every rule that warns",
  (_, { text, inputs }) => {
    const [problem] = checkDockerfile(modelOf(text, inputs), { rules: [rule] });
    const [fix] = problem?.fixes ?? [];
    const after = applyEdits(text, fix?.edits ?? []);
    expect(after).not.toBe(text);
    const left = checkDockerfile(modelOf(after, inputs)).filter(
      // A package index that nobody sees here decides on versions.
      (it) => (it.severity === "error" || it.severity === "warning") && it.rule !== "unpinned-package",
    );
    expect(left.map((it) => `${it.rule}: ${it.message}`)).toEqual([]);
  },
);

test("the first fix of the rule says what it does", () => {
  const [problem] = problemsOf(rule)`
    FROM golang:1.27-alpine
    RUN go build -o /api .
    CMD ["/api"]
  `;
  expect(problem?.fixes.map((it) => it.title)).toEqual([
    "Build in a stage of its own, and ship the program alone",
  ]);
});

test("a size budget stays with what is shipped", () => {
  fixes(rule, "unsafe")`
    # plimsoll: max-size=25MB
    FROM golang:1.27
    WORKDIR /src
    COPY . .
    RUN go build -o /api ./cmd/api
    ENTRYPOINT ["/api"]
    ->
    FROM golang:1.27 AS builder
    WORKDIR /src
    COPY . .
    RUN CGO_ENABLED=0 go build -o /api ./cmd/api

    # plimsoll: max-size=25MB
    FROM gcr.io/distroless/static-debian13:nonroot
    COPY --from=builder /api /api
    ENTRYPOINT ["/api"]
  `;
});

test("an argument that is half typed costs no finding", () => {
  const model = modelOf(
    'FROM golang:1.27\nARG "A(=1"\nCOPY . .\nRUN go build -o /api .\nENTRYPOINT ["/api"]\n',
  );
  const failures: unknown[] = [];
  const problems = checkDockerfile(model, { onFailure: (it) => failures.push(it) });
  expect(failures).toEqual([]);
  expect(problems.map((it) => it.rule)).toContain("toolchain-in-final-stage");
});
