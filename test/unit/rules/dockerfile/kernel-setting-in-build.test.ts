import { expect, test } from "vitest";
import { checkDockerfile } from "../../../../server/src/rules/check.ts";
import { kernelSettingInBuild as rule } from "../../../../server/src/rules/dockerfile/kernel-setting-in-build.ts";
import { reports } from "../../../support/check.ts";
import { modelOf } from "../../../support/model.ts";

test("files of the kernel's", () => {
  reports(rule)`
    FROM debian:trixie-slim
    RUN echo 1 > /proc/sys/net/ipv4/ip_forward && echo done
                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ kernel-setting-in-build: A build cannot write to /proc/sys: it is the host's kernel.
    RUN echo never | tee /sys/kernel/mm/transparent_hugepage/enabled
                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ kernel-setting-in-build
  `;
});

test.each([
  "RUN echo 1 > /proc/sys/net/ipv4/ip_forward || true",
  "RUN --security=insecure echo 1 > /proc/sys/net/ipv4/ip_forward",
  "RUN cat /proc/sys/net/ipv4/ip_forward > /tmp/x",
  "RUN echo 'net.ipv4.ip_forward=1' > /etc/sysctl.d/90.conf",
  "RUN echo done > /proc/self/fd/2",
  "RUN echo x > /sys.txt",
])("silent: %s", (line) =>
  expect(checkDockerfile(modelOf(`FROM debian:trixie-slim\n${line}\n`), { rules: [rule] })).toEqual([]),
);
