import { test } from "vitest";
import { scriptCrlf as rule } from "../../../../server/src/rules/dockerfile/script-crlf.ts";
import { fixes, offersNothing, reports } from "../../../support/check.ts";
import { contextOf } from "../../../support/model.ts";

const context = contextOf({
  "start.sh": '#!/bin/sh\r\nexec "$@"\r\n',
  "later.sh": "#!/bin/sh\necho one\r\n",
  "plain.txt": "text\r\n",
});

test("a script that is run, by RUN or when the container starts", () => {
  reports(rule, { context })`
    FROM debian:trixie-slim
    WORKDIR /app
    COPY . .
    RUN apt-get update && rm -rf /var/lib/apt/lists/*
    RUN ./start.sh true
        ^^^^^^^^^^ script-crlf
    CMD ["./start.sh", "api"]
         ^^^^^^^^^^^^ script-crlf: The first line of start.sh ends with a carriage return, which becomes a part of its interpreter's name.
  `;
});

test("one that a shell reads, whoever sets its mode", () => {
  reports(rule, { context })`
    FROM alpine:3.24
    WORKDIR /app
    COPY . .
    RUN chmod +x start.sh && sh start.sh
                                ^^^^^^^^ script-crlf: The lines of start.sh end with carriage returns, which sh takes for a part of their last words.
    RUN chmod -R 755 /app && chown -R nobody /app
    ENTRYPOINT ["/sbin/tini", "--", "./start.sh"]
                                    ^^^^^^^^^^^^ script-crlf
  `;
  reports(rule, { context: contextOf({ "notes.sh": "#!/bin/sh\r\n\r\n# nothing\r\ntrue\n" }) })`
    FROM alpine:3.24
    COPY notes.sh /
    RUN sh /notes.sh && sh -c /notes.sh && sh "$script"
  `;
});

test("not one that is converted, whole at the top, or not run", () => {
  reports(rule, { context })`
    FROM alpine:3.24
    COPY . /app/
    RUN /app/later.sh
    RUN dos2unix /app/*.sh
    RUN /app/start.sh
    FROM alpine:3.24
    COPY start.sh /app/
    COPY entry.sh /app/
    RUN sed -i 's/\r$//' /app/start.sh && /app/start.sh
    ENTRYPOINT ["/app/entry.sh"]
    CMD ["/app/start.sh"]
  `;
});

test("converts it below the COPY", () => {
  fixes(rule, "unsafe", "", { context })`
    FROM alpine:3.24
    COPY start.sh /usr/local/bin/
    EXPOSE 80
    ENTRYPOINT ["start.sh"]
    ->
    FROM alpine:3.24
    COPY start.sh /usr/local/bin/
    RUN sed -i 's/\r$//' /usr/local/bin/start.sh
    EXPOSE 80
    ENTRYPOINT ["start.sh"]
  `;
  offersNothing(rule, { context })`
    FROM alpine:3.24
    USER 1000
    COPY start.sh /
    ENTRYPOINT ["/start.sh"]
  `;
});
