import { itemsOf, valueAt } from "../../syntax/compose/find.ts";
import { source } from "../../text/source.ts";
import { isEngineItself, isPrivileged } from "../knowledge/compose/host-access.ts";
import { composeRule, type Severity } from "../rule.ts";
import { reportOnce } from "../writing/compose/report-once.ts";

export const confinementDisabled = composeRule({
  id: "confinement-disabled",
  title: "Service with the confinement of containers turned off",
  severity: "warning",
  tags: ["security"],
  aliases: ["seccomp-confinement-disabled", "selinux-separation-disabled"],
  since: "0.4.0",
  fix: "none",
  enabled: true,
  reach: "service",
  acrossFiles: true,
  docs: {
    what: source`
      Reports \`security_opt\` with \`seccomp:unconfined\`, \`apparmor:unconfined\`, \`label:disable\` or
      \`systempaths=unconfined\`.`,
    why: source`
      The engine keeps about forty system calls, and paths of the kernel, from each container, as most ways out of one lead
      through them. A program that needs one of them can be given a profile that allows that one.`,
    bad: source`
      services:
        browser:
          image: example/browser:1.0
          security_opt:
            - seccomp:unconfined
              ^^^^^^^^^^^^^^^^^^ confinement-disabled: browser may make every system call: seccomp is off.`,
    good: source`
      services:
        browser:
          image: example/browser:1.0
          security_opt:
            - seccomp:./seccomp.json`,
  },

  check(project, report) {
    const once = reportOnce(report);
    for (const service of project.services.values()) {
      const options = itemsOf(valueAt(service.node, "security_opt"));
      // A privileged container has none of it anyway, and an engine in a container cannot work with it.
      if (options.length === 0 || isPrivileged(service) || isEngineItself(service)) continue;
      for (const option of options) {
        const text = option.kind === "scalar" ? option.value : "";
        const found = OPTIONS.find((it) => it.option.test(text));
        if (!found) continue;
        const { severity, means, aliases } = found;
        once(option.span, `${service.name.value} ${means}.`, { aliases, ...(severity && { severity }) });
      }
    }
  },
});

/** As the engine reads them (moby daemon/security options, read 2026-11): with a colon or an equals sign. */
const OPTIONS: readonly {
  readonly option: RegExp;
  readonly severity?: Severity;
  readonly means: string;
  readonly aliases: readonly string[];
}[] = [
  {
    option: /^seccomp[:=]unconfined$/,
    means: "may make every system call: seccomp is off",
    aliases: ["seccomp-confinement-disabled"],
  },
  { option: /^apparmor[:=]unconfined$/, means: "is confined by no profile of AppArmor", aliases: [] },
  {
    // Where SELinux is on, mounts of the host are often only to be had so.
    option: /^label[:=]disable$/,
    severity: "info",
    means: "is not kept apart by SELinux",
    aliases: ["selinux-separation-disabled"],
  },
  {
    option: /^systempaths=unconfined$/,
    means: "may write to paths of the kernel that the engine hides",
    aliases: [],
  },
];
