import { l10n, window } from "vscode";
import type { SheetLine } from "../sheet.ts";
import type { BuildSheet } from "./build-sheet.ts";

/** The line of the sheet with what builds it: the engine, or a builder of buildx. */
export function builderLine({ draft, builders }: BuildSheet): SheetLine {
  const { builder } = draft;
  const output = builder?.output === "push" ? l10n.t("pushes the image") : l10n.t("loads the image");
  return {
    icon: "server-process",
    label: l10n.t("Builder"),
    value: builder === undefined ? l10n.t("the engine") : `${builder.name} (${output})`,
    change: () => askBuilder(draft, builders),
  };
}

async function askBuilder(draft: BuildSheet["draft"], builders: BuildSheet["builders"]): Promise<void> {
  const title = l10n.t("Builder");
  const engine = {
    label: l10n.t("The engine"),
    description: l10n.t("fastest, one platform"),
    name: undefined,
  };
  const listed = builders().then((found) => [
    engine,
    ...found.map(({ name, driver, status, platforms }) => ({
      label: name,
      description: [driver, status].filter(Boolean).join(", "),
      detail: platforms.join(", "),
      name,
    })),
    ...(found.length > 0
      ? []
      : [
          {
            label: l10n.t("$(info) Others need “docker buildx”"),
            description: l10n.t("it is not installed"),
            name: undefined,
          },
        ]),
  ]);
  const picked = await window.showQuickPick(listed, { title });
  if (picked === undefined) return;
  if (picked.name === undefined) {
    draft.builder = undefined;
    return;
  }
  const outputs = [
    {
      label: l10n.t("Load into the engine"),
      description: l10n.t("one platform"),
      output: "load" as const,
    },
    {
      label: l10n.t("Push to the registry"),
      description: l10n.t("that the tag {0} names", draft.tag),
      output: "push" as const,
    },
  ];
  const output = await window.showQuickPick(outputs, { title: l10n.t("What becomes of the image?") });
  if (output === undefined) return;
  draft.builder = { name: picked.name, output: output.output, platforms: draft.builder?.platforms ?? [] };
}
