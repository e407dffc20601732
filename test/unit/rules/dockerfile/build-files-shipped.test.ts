import { test } from "vitest";
import { buildFilesShipped as rule } from "../../../../server/src/rules/dockerfile/build-files-shipped.ts";
import { reports } from "../../../support/check.ts";

test("what is named, not what comes along", () => {
  reports(rule)`
    FROM node:24-slim
    WORKDIR /app
    COPY Dockerfile docker-compose.prod.yml package.json ./
         ^^^^^^^^^^ build-files-shipped
                    ^^^^^^^^^^^^^^^^^^^^^^^ build-files-shipped: docker-compose.prod.yml tells how the project is run, and no service needs it.
    ADD ./.git/ .git/
        ^^^^^^^ build-files-shipped
    COPY . .
    COPY .gitconfig src/Dockerfile templates/compose.yaml Dockerfiles ./
    COPY <<EOF compose.yaml
    x
    EOF
  `;
});

test("not in a builder, nor from another stage", () => {
  reports(rule)`
    FROM golang:1.27 AS builder
    COPY .git .git
    RUN git describe > /version
    FROM alpine:3.24
    COPY --from=builder Dockerfile /
    COPY --from=builder /version /
  `;
});
