import { test } from "vitest";
import { configurationInterpolated as rule } from "../../../../server/src/rules/compose/configuration-interpolated.ts";
import { expectComposeProblems, fixesInCompose, reportsInCompose } from "../../../support/compose.ts";

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad);
  expectComposeProblems(rule, rule.docs.good);
});

test("all of a configuration are mended at once", () => {
  fixesInCompose(rule, "safe")`
    configs:
      site:
        content: |
          map $http_upgrade $connection_upgrade { default upgrade; '' close; }
          server {
            location / {
              proxy_set_header Host $host;
              proxy_set_header X-Port \${PORT};
            }
          }
    ->
    configs:
      site:
        content: |
          map $$http_upgrade $$connection_upgrade { default upgrade; '' close; }
          server {
            location / {
              proxy_set_header Host $$host;
              proxy_set_header X-Port \${PORT};
            }
          }
  `;
});

test("of Prometheus and of scripts", () => {
  reportsInCompose(rule)`
    configs:
      alerts:
        content: |
          annotations: {summary: "{{ $labels.instance }} is {{ $value }}"}
                                     ^^^^^^^ configuration-interpolated
      script:
        content: |
          #!/bin/sh
          for name in a b; do echo "$name $PORT"; done
                                    ^^^^^ configuration-interpolated
  `;
});

test("not Compose's own, nor what is set or doubled", () => {
  reportsInCompose(rule, { env: { host: "x" } })`
    configs:
      a: {content: "server { listen \${PORT}; server_name $NAME; return 301 https://$$host$$request_uri; }"}
      b: {content: "server { add_header X $host; add_header Y \${scheme:-http}; }"}
      c: {content: "key=$value and $host"}
      d: {content: "#!/bin/sh\necho $PORT"}
      e: {file: ./a.conf}
  `;
});
