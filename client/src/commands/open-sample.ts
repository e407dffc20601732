import { window, workspace } from "vscode";
import type { Command } from "./command.ts";

export interface SampleAnswers {
  /** A Dockerfile when absent. */
  readonly kind?: "compose";
}

const dockerfile = `# A small Go service, written in a hurry.
FROM golang:1.27 AS builder
WORKDIR /src
COPY go.mod ./
RUN go mod download
COPY . .
RUN go build -o /out/api .

FROM alpine:3.24
COPY --from=builder /out/api /usr/local/bin/api
COPY --from=biulder /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
EXPOSE 8080
HEALTHCHECK CMD curl -f http://localhost:8080/health || exit 1
CMD /usr/local/bin/api
`;

const compose = `# The same service with its database, written in a hurry.
services:
  api:
    image: ghcr.io/example/api
    port: ["8080:8080"]
    depends_on: [db]
    environment:
      DATABASE_URL: postgres://shop:\${DB_PASSWORD:-secret}@localhost:5432/shop
  db:
    image: postgres:18
    ports: ["5432:5432"]
    environment:
      POSTGRES_USER: shop
      POSTGRES_PASSWORD: hunter2
    volumes:
      - data:/var/lib/postgresql/data
volumes:
  data:
`;

/** Opens a file to try things on, as a new document: nothing is written to disk. */
export const openSample: Command<SampleAnswers, { readonly outcome: "opened" }> = {
  id: "plimsoll.openSample",
  async run(_services, { kind }) {
    const document = await workspace.openTextDocument(
      kind === "compose"
        ? { language: "dockercompose", content: compose }
        : { language: "dockerfile", content: dockerfile },
    );
    await window.showTextDocument(document);
    return { outcome: "opened" };
  },
};
