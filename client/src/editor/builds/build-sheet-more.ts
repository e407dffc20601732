import { l10n, window } from "vscode";
import { isFolderContext } from "../../engine/context/named-contexts.ts";
import { isImageName } from "../images/image-name.ts";
import { askPairs, shownPairs } from "../pairs.ts";
import { confirmSheet, type SheetLine } from "../sheet.ts";
import type { BuildSheet } from "./build-sheet.ts";
import { builderLine } from "./build-sheet-builder.ts";
import { askSource } from "./secret-sources.ts";

/** One line for what few builds need, with those that are set; it opens a sheet of its own. */
export function moreLine(sheet: BuildSheet): SheetLine {
  const set = moreLines(sheet).filter((it) => it.isSet);
  return {
    icon: "ellipsis",
    label: l10n.t("More…"),
    value:
      set.length > 0
        ? set.map((it) => `${it.label}: ${it.value}`).join("  ")
        : l10n.t("labels, cache, builder …"),
    change: async () => {
      await confirmSheet(
        l10n.t("More of this build"),
        () => ({ icon: "arrow-left", label: l10n.t("Back to the build") }),
        () => moreLines(sheet),
      );
    },
  };
}

type MoreLine = SheetLine & { readonly isSet: boolean };

function moreLines(sheet: BuildSheet): readonly MoreLine[] {
  const { draft } = sheet;
  const toggle = (
    key: "noCache" | "pull",
    icon: string,
    label: string,
    on: string,
    off: string,
  ): MoreLine => ({
    icon,
    label,
    value: draft[key] ? on : off,
    isSet: draft[key],
    change: async () => {
      draft[key] = !draft[key];
    },
  });
  const pairs = (
    key: "labels" | "extraHosts" | "contexts",
    icon: string,
    label: string,
    example: string,
    isValue: (value: string) => boolean = () => true,
  ): MoreLine => ({
    icon,
    label,
    value: shownPairs(draft[key]) || l10n.t("none"),
    isSet: Object.keys(draft[key]).length > 0,
    change: async () => {
      draft[key] = (await askPairs(label, draft[key], example, isValue)) ?? draft[key];
    },
  });
  return [
    toggle("noCache", "sync-ignored", l10n.t("Cache"), l10n.t("not used, this once"), l10n.t("used")),
    toggle(
      "pull",
      "cloud-download",
      l10n.t("Base images"),
      l10n.t("looked for in the registry each time"),
      l10n.t("those that the engine has"),
    ),
    namesLine("tag", l10n.t("Further tags"), draft.moreTags, (names) => {
      draft.moreTags = names;
    }),
    pairs("labels", "bookmark", l10n.t("Labels"), "org.opencontainers.image.version=1.0"),
    networkLine(draft),
    pairs("extraHosts", "server", l10n.t("Extra hosts"), "registry.test=10.0.0.5", (it) =>
      /^(?:host-gateway|[\d.]+|\[?[\da-f:]+\]?)$/i.test(it),
    ),
    pairs(
      "contexts",
      "folder-library",
      l10n.t("Named contexts"),
      "shared=/home/me/shared",
      // A relative path would be of no folder that one can see here.
      (it) => !isFolderContext(it) || /^(?:\/|[A-Za-z]:[\\/])/.test(it),
    ),
    namesLine("history", l10n.t("Cache from images"), draft.cacheFrom, (names) => {
      draft.cacheFrom = names;
    }),
    secretLine(draft),
    { ...builderLine(sheet), isSet: draft.builder !== undefined },
  ];
}

function networkLine(draft: BuildSheet["draft"]): MoreLine {
  return {
    icon: "globe",
    label: l10n.t("Network of RUN"),
    value: draft.network ?? "default",
    isSet: draft.network !== undefined,
    change: async () => {
      const items = [
        { label: "default", description: l10n.t("the engine’s own network") },
        { label: "host", description: l10n.t("that of the engine’s machine") },
        { label: "none", description: l10n.t("no network at all") },
      ];
      const picked = await window.showQuickPick(items, { title: l10n.t("Network of RUN") });
      if (picked !== undefined) draft.network = picked.label === "default" ? undefined : picked.label;
    },
  };
}

function secretLine(draft: BuildSheet["draft"]): MoreLine {
  return {
    icon: "key",
    label: l10n.t("Another secret"),
    value: l10n.t("that the Dockerfile does not name"),
    isSet: false,
    change: async () => {
      const id = await window.showInputBox({
        title: l10n.t("Id of the secret"),
        validateInput: (it) => (/^[\w.-]+$/.test(it) ? undefined : l10n.t("A name like npmrc")),
      });
      const from = id === undefined ? undefined : await askSource(id);
      if (id !== undefined && from) draft.secrets[id] = from;
    },
  };
}

function namesLine(
  icon: string,
  label: string,
  names: readonly string[],
  keep: (names: readonly string[]) => void,
): MoreLine {
  return {
    icon,
    label,
    value: names.join(" ") || l10n.t("none"),
    isSet: names.length > 0,
    change: async () => {
      const words = (text: string) => text.split(/[\s,]+/).filter(Boolean);
      const text = await window.showInputBox({
        title: label,
        value: names.join(" "),
        prompt: l10n.t("Names of images, with spaces between"),
        validateInput: (it) => {
          const wrong = words(it).find((word) => !isImageName(word));
          return wrong === undefined ? undefined : l10n.t("{0} is no name of an image", wrong);
        },
      });
      if (text !== undefined) keep(words(text));
    },
  };
}
