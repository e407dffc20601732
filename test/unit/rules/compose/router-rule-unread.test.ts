import { test } from "vitest";
import { routerRuleUnread as rule } from "../../../../server/src/rules/compose/router-rule-unread.ts";
import { expectComposeProblems, fixesInCompose, reportsInCompose } from "../../../support/compose.ts";

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad);
  expectComposeProblems(rule, rule.docs.good);
});

test("what no version reads", () => {
  reportsInCompose(rule)`
    services:
      a:
        image: a
        labels:
          traefik.http.routers.a.rule: Host('a.example.com') && PathPrefix(\`/x\`)
                                            ^^^^^^^^^^^^^^^ router-rule-unread: Traefik takes values in backticks or double quotes only, and not this one.
          traefik.http.routers.b.rule: Host:b.example.com;PathPrefix:/b
                                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ router-rule-unread: This is how Traefik 1 had it; later ones read \`Host(\`…\`)\`.
          traefik.http.routers.c.rule: Host(\`c\`) & Path(\`/c\`)
                                                 ^ router-rule-unread: Traefik does not read this rule here.
          traefik.http.routers.d.rule: (Host(\`d\`) || Host(\`e\`)
                                                             ^ router-rule-unread: Traefik does not read this rule here.
          traefik.http.routers.e.rule: Host(\`e\`))
                                                ^ router-rule-unread
          traefik.http.routers.f.rule: PathPrefixes(\`/f\`)
                                       ^^^^^^^^^^^^ router-rule-unread: Traefik has no matcher PathPrefixes; did you mean PathPrefix?
          traefik.tcp.routers.g.rule: HostSNI(*)
                                              ^ router-rule-unread
  `;
});

test("not what it reads, or what a variable may complete", () => {
  reportsInCompose(rule)`
    services:
      proxy: {image: "traefik:v2.11", command: --providers.docker --entrypoints.web.address=:80}
      a:
        image: a
        labels:
          - traefik.http.routers.a.rule=Host(\`a\`, \`b\`) && (PathPrefix("/x") || !Method(\`GET\`))
          - traefik.http.routers.b.rule=hostregexp(\`{host:.+}\`)
          - traefik.http.routers.c.rule=Host(\`\${DOMAIN}\`)
          - traefik.http.routers.d.rule=Host(\${DOMAIN})
          - traefik.http.routers.e.rule=\${RULE}
          - traefik.http.routers.f.rule=Headers(\`X-A\`, \`b\`) && Query(\`a=b\`, \`c=d\`)
          - traefik.tcp.routers.g.rule=HostSNI(\`*\`) && ALPN(\`h2\`)
          - traefik.frontend.rule=Host:example.com
          - traefik.http.routers.h.rule=
  `;
});

test("what version 3 does not read any more", () => {
  reportsInCompose(rule)`
    services:
      proxy: {image: "traefik:v3.6", command: --providers.docker --entrypoints.web.address=:80}
      a:
        image: a
        labels:
          - traefik.http.routers.a.rule=Host(\`a\`, \`b\`)
                                        ^^^^^^^^^^^^^^ router-rule-unread: Host of Traefik 3 takes one value: join several by ||.
          - traefik.http.routers.b.rule=Headers(\`X-A\`, \`b\`)
                                        ^^^^^^^^^^^^^^^^^^^ router-rule-unread: Traefik 3 has no Headers any more.
          - traefik.http.routers.c.rule=Header(\`X-A\`, \`b\`) || Query(\`a\`, \`b\`)
          - traefik.http.routers.d.rule=Host(\`a\`, \`b\`)
          - traefik.http.routers.d.ruleSyntax=v2
  `;
  reportsInCompose(rule)`
    services:
      proxy: {image: "traefik:v3.6", command: --entrypoints.web.address=:80 --core.defaultRuleSyntax=v2}
      a: {image: a, labels: ["traefik.http.routers.a.rule=Host(\`a\`, \`b\`)"]}
  `;
  reportsInCompose(rule)`
    services:
      proxy: {image: "traefik:v3.6", volumes: ["./traefik.yml:/etc/traefik/traefik.yml"]}
      a: {image: a, labels: ["traefik.http.routers.a.rule=Host(\`a\`, \`b\`)"]}
  `;
});

test("backticks are put around the value", () => {
  fixesInCompose(rule, "unsafe")`
    services:
      a:
        image: a
        labels:
          - traefik.http.routers.a.rule=Host('a.example.com')
    ->
    services:
      a:
        image: a
        labels:
          - traefik.http.routers.a.rule=Host(\`a.example.com\`)
  `;
});
