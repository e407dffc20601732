import { window, workspace } from "vscode";
import type { Command } from "./command.ts";

const sample = `# A small Go service, written in a hurry.
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

/** Opens a Dockerfile to try things on, as a new document: nothing is written to disk. */
export const openSample: Command<object, { readonly outcome: "opened" }> = {
  id: "plimsoll.openSample",
  async run() {
    const document = await workspace.openTextDocument({ language: "dockerfile", content: sample });
    await window.showTextDocument(document);
    return { outcome: "opened" };
  },
};
