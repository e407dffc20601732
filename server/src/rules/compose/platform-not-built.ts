import { appendItem } from "../../model/compose/edit/append-item.ts";
import { knownAt } from "../../model/compose/reading/known-at.ts";
import { itemsOf, mappingAt, valueAt } from "../../syntax/compose/find.ts";
import type { ComposeFile, YamlNode } from "../../syntax/compose/tree.ts";
import { source } from "../../text/source.ts";
import { composeRule, type Fix } from "../rule.ts";

export const platformNotBuilt = composeRule({
  id: "platform-not-built",
  title: "Platform that the build leaves out",
  severity: "error",
  tags: ["build"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  reach: "service",
  docs: {
    what: source`
      Reports a \`platform\` of a service that is not among the \`platforms\` that its image is built for.`,
    why: source`
      Compose refuses the whole project: "build.platforms MUST include service.platform".`,
    bad: source`
      services:
        api:
          platform: linux/amd64
                    ^^^^^^^^^^^ platform-not-built: The image is built for linux/arm64 only.
          build:
            context: .
            platforms: [linux/arm64]`,
    good: source`
      services:
        api:
          platform: linux/arm64
          build:
            context: .
            platforms: [linux/arm64]`,
  },

  check(project, report) {
    for (const { node: service } of project.services.values()) {
      const platform = knownAt(project, service, "platform");
      const list = valueAt(valueAt(service, "build"), "platforms");
      const platforms = itemsOf(list).map((it) => knownAt(project, it)?.value);
      if (!platform || platforms.length === 0 || platforms.includes(undefined)) continue;
      if (platforms.includes(platform.value) || list?.kind !== "sequence") continue;
      const edits =
        valueAt(service, "build")?.kind === "mapping"
          ? additionTo(project.file, service, platform.value)
          : [];
      report(platform.node.span, `The image is built for ${platforms.join(", ")} only.`, {
        related: [{ message: "The platforms of the build stand here.", span: list.span }],
        fixes: edits,
      });
    }
  },
});

function additionTo(file: ComposeFile, service: YamlNode | undefined, platform: string): readonly Fix[] {
  const build = mappingAt(service, "build");
  const edits = build && appendItem(file, build, "platforms", platform);
  return edits ? [{ kind: "unsafe", title: `Build for ${platform} too`, edits }] : [];
}
