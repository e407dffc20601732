import { test } from "vitest";
import { hostDirectoryMounted as rule } from "../../../../server/src/rules/compose/host-directory-mounted.ts";
import { expectComposeProblems, reportsInCompose } from "../../../support/compose.ts";

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad);
  expectComposeProblems(rule, rule.docs.good);
});

test("whole folders of the system only, with or without a slash behind", () => {
  reportsInCompose(rule)`
    services:
      a:
        image: a
        volumes:
          - /:/host
            ^ host-directory-mounted: a may change everything the host has in /.
          - /root/:/root
            ^^^^^^ host-directory-mounted: a may change what the host's root has in /root.
          - {type: bind, source: /var/lib/docker, target: /d}
                                 ^^^^^^^^^^^^^^^ host-directory-mounted
          - /etc/localtime:/etc/localtime:ro
          - /etc/ssl/certs:/etc/ssl/certs
          - /srv/data:/data
          - /home/me/app:/app
          - ./etc:/etc
          - etc:/etc
    volumes: {etc: {}}
  `;
});

test("read-only those with secrets in them; nothing where a variable says it", () => {
  reportsInCompose(rule)`
    services:
      a:
        image: a
        volumes:
          - /:/host:ro,rslave
            ^ host-directory-mounted: a can read everything the host has in /.
          - {type: bind, source: /etc, target: /e, read_only: true}
                                 ^^^^ host-directory-mounted: a can read the host's configuration, users and passwords in /etc.
          - /proc:/host/proc:ro
          - /sys:/host/sys:ro
          - /var/run:/var/run:ro
          - /etc:/f:\${MODE}
          - {type: bind, source: /etc, target: /g, read_only: "\${RO}"}
          - \${ROOT}:/h
      b:
        image: gcr.io/cadvisor/cadvisor:v0.52.1
        volumes:
          - /:/rootfs:ro
          - /var/run:/var/run:rw
            ^^^^^^^^ host-directory-mounted
  `;
});
