// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are templates of Compose.
import { test } from "vitest";
import { plainPasswordInResource as rule } from "../../../../server/src/rules/compose/plain-password-in-resource.ts";
import { expectComposeProblems, reportsInCompose } from "../../../support/compose.ts";

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad);
  expectComposeProblems(rule, rule.docs.good);
});

test("in what a config holds", () => {
  reportsInCompose(rule)`
    services: {a: {image: a, configs: [c, d, e]}}
    configs:
      c:
        content: "url: postgres://app:Kq82mzLx0v@db/app"
                                      ^^^^^^^^^^ plain-password-in-resource: The password in the config c is for everyone to read.
      d:
        content: "token: ghp_Zx81kQpLm29vTbYc7WnRf4Hs6JdAe0Gu5Ki3"
                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ plain-password-in-resource: The key in the config d is for everyone to read.
      e:
        content: "url: postgres://app:\${PASSWORD}@db/app"
  `;
});

test("not variables, stand-ins and options without a login", () => {
  reportsInCompose(rule)`
    services: {a: {image: a, volumes: ["v:/v", "w:/w"]}}
    volumes:
      v: {driver_opts: {type: nfs, o: "addr=10.0.0.1,rw", device: ":/x"}}
      w: {driver_opts: {type: cifs, o: "username=a,password=\${P},uid=1000", device: "//nas/x"}}
      x: {driver_opts: {type: cifs, o: "username=guest,password=changeme"}}
  `;
});
