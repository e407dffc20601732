import { hasAccount } from "../../model/compose/accounts.ts";
import { notedOnService } from "../../model/compose/project.ts";
import { type KnownScalar, knownAt } from "../../model/compose/reading/known-at.ts";
import { itemsOf, valueAt } from "../../syntax/compose/find.ts";
import { source } from "../../text/source.ts";
import { composeRule } from "../rule.ts";
import { imageReasons } from "../writing/compose/image-reasons.ts";
import { reportOnce } from "../writing/compose/report-once.ts";

export const serviceUserUnknown = composeRule({
  id: "service-user-unknown",
  title: "User of a service that its image does not know",
  severity: "error",
  tags: ["run"],
  aliases: [],
  since: "0.4.0",
  fix: "none",
  enabled: true,
  reach: "service",
  acrossFiles: true,
  docs: {
    what: source`
      Reports names in \`user\` and \`group_add\` that are certainly not in \`/etc/passwd\` or \`/etc/group\` of the image or of the stage
      that the service is built from. Ids need no entry there.`,
    why: source`
      The name is looked up in the image, not on this machine: "unable to find user", and the container does not start.`,
    bad: source`
      services:
        worker:
          image: node:24-alpine
          user: app
                ^^^ service-user-unknown: No user app is in the image of worker.`,
    good: source`
      services:
        worker:
          image: node:24-alpine
          user: node`,
  },

  check(project, report) {
    const once = reportOnce(report);
    for (const service of project.services.values()) {
      if (!namesAccounts(service)) continue;
      const { node } = service;
      const user = knownAt(project, node, "user");
      const [name = "", group = ""] = user?.value.split(":") ?? [];
      const asked: [what: "user" | "group", name: string, at: KnownScalar | undefined][] = [
        ["user", name, user],
        ["group", group, user],
        ...itemsOf(valueAt(node, "group_add")).map((it): ["group", string, KnownScalar | undefined] => {
          const added = knownAt(project, it);
          return ["group", added?.value ?? "", added];
        }),
      ];
      for (const [what, account, at] of asked) {
        if (!at || account === "") continue;
        const there = hasAccount(service, what, account);
        if (there.is !== "no") continue;
        once(at.node.span, `No ${what} ${account} is in the image of ${service.name.value}.`, {
          related: imageReasons(there.because, service),
        });
      }
    }
  },
});

/** Cheap, and mostly no. */
const namesAccounts = notedOnService(
  ({ node }): boolean => valueAt(node, "user") !== undefined || valueAt(node, "group_add") !== undefined,
);
