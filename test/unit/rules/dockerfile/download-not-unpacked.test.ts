import { expect, test } from "vitest";
import { checkDockerfile } from "../../../../server/src/rules/check.ts";
import { downloadNotUnpacked as rule } from "../../../../server/src/rules/dockerfile/download-not-unpacked.ts";
import { reports } from "../../../support/check.ts";
import { modelOf } from "../../../support/model.ts";

test("nothing behind it unpacks anything", () => {
  reports(rule)`
    FROM alpine:3.24
    ADD https://example.com/tool-1.2.tar.gz /opt/
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ download-not-unpacked: ADD does not unpack what it downloads, and nothing else does here.
    CMD ["/opt/tool-1.2/bin/tool"]
  `;
});

test.each([
  "ADD https://example.com/t.tar.gz /opt/\nRUN tar -xzf /opt/t.tar.gz",
  "ADD --unpack https://example.com/t.tar.gz /opt/",
  "ADD https://example.com/t.tar.gz /opt/\nRUN ./install.sh",
  "ADD https://example.com/t.tar.gz /opt/\nENV TOOL=/opt/t.tar.gz",
  "ADD https://example.com/t.tar.gz /downloads/",
  "ADD https://example.com/t.tar.gz /opt/tool.tar.gz",
  "ADD https://example.com/t.txt /opt/",
  "ADD t.tar.gz /opt/",
  "ADD https://example.com/t.tar.gz /root/rpmbuild/SOURCES/\nRUN rpmbuild -ba t.spec",
  "ADD https://example.com/t.tar.gz /usr/share/nginx/html/",
  'ADD https://example.com/t.zip /opt/\nENTRYPOINT ["/docker-entrypoint.sh"]',
  "ADD https://example.com/t.tar.gz /opt/\nFROM alpine:3.24\nCOPY --from=0 /opt /opt",
])("silent: %s", (lines) => expect(check(`FROM alpine:3.24\n${lines}\n`)).toEqual([]));

function check(text: string) {
  return checkDockerfile(modelOf(text), { rules: [rule] }).map((it) => it.severity);
}
