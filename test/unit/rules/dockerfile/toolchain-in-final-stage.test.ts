import { expect, test } from "vitest";
import { toolchainInFinalStage as rule } from "../../../../server/src/rules/dockerfile/toolchain-in-final-stage.ts";
import { problemsOf, reports } from "../../../support/check.ts";

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
