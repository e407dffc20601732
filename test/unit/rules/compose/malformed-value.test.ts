import { expect, test } from "vitest";
import { malformedValue } from "../../../../server/src/rules/compose/malformed-value.ts";
import { fixesInCompose, offeredInCompose, reportsInCompose } from "../../../support/compose.ts";

const reports = reportsInCompose(malformedValue);
const fixes = fixesInCompose(malformedValue, "unsafe");
const offered = offeredInCompose(malformedValue);

test("durations, sizes, numbers, switches, ports and addresses", () => {
  reports`
    services:
      api:
        image: x
        scale: two
               ^^^ malformed-value: \`scale\` must be a whole number.
        init: maybe
              ^^^^^ malformed-value: \`init\` must be \`true\` or \`false\`.
        cpus: half
              ^^^^ malformed-value: \`cpus\` must be a number.
        shm_size: 1 gigabyte
                  ^^^^^^^^^^ malformed-value: \`shm_size\` must be a size such as \`512m\`.
        stop_grace_period: 1m30
                           ^^^^ malformed-value: \`stop_grace_period\` must be a duration such as \`30s\`.
        oom_score_adj: 2000
                       ^^^^ malformed-value: \`oom_score_adj\` must be between -1000 and 1000.
        extra_hosts: [somehost]
                      ^^^^^^^^ malformed-value: An entry of \`extra_hosts\` must be \`name:address\`.
        ports: ["http"]
                ^^^^^^ malformed-value: An entry of \`ports\` must be a port such as \`8080:80\`.
        volumes: [":/x"]
                  ^^^^^ malformed-value: An entry of \`volumes\` must be \`source:target\` or \`source:target:options\`.
        expose: [80]
        deploy: {replicas: -1}
                           ^^ malformed-value: \`replicas\` must be 0 or more.`;
});

test("silent for each form that Compose reads", () => {
  reports`
    services:
      api:
        image: x
        stop_grace_period: 1h30m1.5s
        healthcheck: {interval: 1d, timeout: 500ms, retries: "3"}
        mem_limit: 1.5g
        mem_reservation: 10 MB
        shm_size: 64KiB
        memswap_limit: -1
        cpus: .5
        pids_limit: -1
        init: on
        ports: ["80", "8080:80/udp", "127.0.0.1:80-81:80-81", "[::1]:80:80", "\${P}:80", 80, ":80", "127.0.0.1::80", "0:80", "80-81:80-81", "80-89:80", ":80:80", "::80"]
        volumes: ["/a", "a:/b", "./a:/b:ro,z", "c:\\\\x:c:\\\\y:ro", "a:/b:ro:z", "\${A}:/b"]
        pull_policy: every_12h
        extra_hosts: ["a:10.0.0.1", "b=::1", "host.docker.internal:host-gateway"]`;
});

test("fix: seconds, and none for anything else", () => {
  fixes`
    services:
      api:
        image: x
        stop_grace_period: "30"
    ->
    services:
      api:
        image: x
        stop_grace_period: 30s
  `;
  expect(offered`
    services:
      api:
        image: x
        stop_grace_period: soon
        scale: two
  `).toEqual([[], []]);
});

test("ports that no host has", () => {
  reports`
    services:
      api:
        image: x
        ports: ["99999:80", "80:70000", "1.2.3:80:80", "80:80/foo", "80:0"]
                ^^^^^^^^^^ malformed-value
                            ^^^^^^^^^^ malformed-value
                                        ^^^^^^^^^^^^^ malformed-value
                                                       ^^^^^^^^^^^ malformed-value
                                                                    ^^^^^^ malformed-value`;
});

test("mounts of more than three parts", () => {
  reports`
    services:
      a: {image: x, volumes: ["./a:/b:ro:z", "v:/x:rw:z", "./a:/b:ro"]}
                              ^^^^^^^^^^^^^ malformed-value
    volumes: {v: }
  `;
});

test("a leading zero in front of what is no octal number", () => {
  reports`
    services:
      a:
        image: x
        ulimits:
          nofile: 0248
                  ^^^^ malformed-value: \`nofile\` must be a whole number: behind a leading 0 only octal digits make one, and 0248 has an 8 or 9.
          nproc:
            soft: 1e3
                  ^^^ malformed-value: \`soft\` must be a whole number.
            hard: 0777
        ports:
          - 0808
            ^^^^ malformed-value
          - target: 80
            published: 0908
                       ^^^^ malformed-value
        expose: [0808, 80.5, 0777, "0808", 0x50]
                 ^^^^ malformed-value
                       ^^^^ malformed-value
        group_add: [0988, 988, "0988"]
                    ^^^^ malformed-value
        configs:
          - source: c
            mode: 0999
                  ^^^^ malformed-value: \`mode\` must be octal permissions such as \`0440\`.
          - { source: c, mode: 0444, target: /a }
          - { source: c, mode: 0o444, target: /b }
        cpu_shares: 0800
        oom_score_adj: -0800
    configs: { c: { content: a } }
  `;
  fixes`
    services:
      a:
        image: x
        ulimits: { nofile: 0248 }
    ->
    services:
      a:
        image: x
        ulimits: { nofile: 248 }
  `;
});
