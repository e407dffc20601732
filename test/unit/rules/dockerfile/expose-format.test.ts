import { expect, test } from "vitest";
import { exposeFormat as rule } from "../../../../server/src/rules/dockerfile/expose-format.ts";
import { fixes, offersNothing, problemsOf, reports } from "../../../support/check.ts";

test("addresses and ports of the host, and protocols in other letters", () => {
  reports(rule)`
    FROM scratch
    EXPOSE 80 8080:80 127.0.0.1:443:443/TCP
              ^^^^^^^ expose-format: EXPOSE takes ports of the container only: this is 80.
                      ^^^^^^^^^^^^^^^^^^^^^ expose-format: EXPOSE takes ports of the container only: this is 443/tcp.
    EXPOSE [::1]:8080:8080
           ^^^^^^^^^^^^^^^ expose-format
    EXPOSE 8000-8010/Udp
           ^^^^^^^^^^^^^ expose-format: Protocols are written in lower case: 8000-8010/udp.
  `;
});

test("not what is fine, and what is a syntax error", () => {
  reports(rule)`
    FROM scratch
    ARG PORT
    EXPOSE 80 443/tcp 53/udp 5000/sctp 8000-8010 80/
    EXPOSE 60000 80000 80/foo web 1:80000
    EXPOSE $PORT \${PORT:-80}/tcp
  `;
});

test("what variables give, where that is known", () => {
  reports(rule)`
    FROM scratch
    ENV PORT=8080 HIGH=80000 MAPPED=80:80
    EXPOSE $PORT $PORT/TCP
                 ^^^^^^^^^ expose-format: Protocols are written in lower case: 8080/tcp.
    EXPOSE $HIGH $MAPPED
           ^^^^^ expose-format: $HIGH is 80000, and ports end at 65535.
                 ^^^^^^^ expose-format: EXPOSE takes ports of the container only: this is 80.
  `;
  offersNothing(rule)`
    FROM scratch
    ENV MAPPED=80:80
    EXPOSE $MAPPED
  `;
});

test("keeps the port of the container", () => {
  fixes(rule, "safe")`
    FROM scratch
    EXPOSE 8080:80/TCP \
      # of the monitor
      127.0.0.1:9090:9090
    ->
    FROM scratch
    EXPOSE 80/tcp \
      # of the monitor
      9090
  `;
});

test("each finding stands for the checks it breaks", () => {
  const found = problemsOf(rule)`
    FROM scratch
    ENV HIGH=80000
    EXPOSE 80/TCP 8080:80 8080:80/TCP $HIGH
  `;
  expect(found.map((it) => it.aliases)).toEqual([
    ["ExposeProtoCasing"],
    ["ExposeInvalidFormat"],
    ["ExposeInvalidFormat", "ExposeProtoCasing"],
    ["DL3011", "DS-0008"],
  ]);
});
