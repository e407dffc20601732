import path from "node:path";
import { l10n, Uri, window, workspace } from "vscode";
import type { Builder } from "../../engine/buildx/buildx.ts";
import { hidden, isSecretPair } from "../../shared/secrets.ts";
import type { StageInfo, StagesResult } from "../../shared/server-messages.ts";
import { isImageName } from "../images/image-name.ts";
import { pickFolder } from "../pick-folder.ts";
import type { SheetLine } from "../sheet.ts";
import { stageOf } from "../stage-of.ts";
import type { BuildDraft } from "./build-draft.ts";
import { moreLine } from "./build-sheet-more.ts";
import { askSource, askSsh, shownSource, shownSsh, suggestedSsh } from "./secret-sources.ts";

/** What the sheet of a build is about. */
export interface BuildSheet {
  readonly file: Uri;
  readonly stages: StagesResult | undefined;
  readonly draft: BuildDraft;
  /** Those of `docker buildx`. */
  readonly builders: () => Promise<readonly Builder[]>;
  /** The answers for another stage. */
  readonly draftOf: (target: string | undefined) => BuildDraft;
}

const platforms = ["linux/amd64", "linux/arm64", "linux/arm/v7"];

/** The lines of the sheet, each with what is answered now. */
export function buildSheetLines(sheet: BuildSheet): SheetLine[] {
  const { file, stages, draft } = sheet;
  const stage = stageOf(stages, draft.target);
  return [
    {
      icon: "tag",
      label: l10n.t("Tag"),
      value: draft.tag,
      change: async () => {
        draft.tag = (await askTag(draft.tag)) ?? draft.tag;
      },
    },
    ...stageLine(sheet),
    ...argumentLine(stage, draft),
    ...secretLines(stage, draft),
    ...sshLines(stage, draft),
    platformLine(draft, sheet.builders),
    {
      icon: "folder",
      label: l10n.t("Build context"),
      value: workspace.asRelativePath(draft.context),
      change: async () => {
        draft.context = (await askContext(file)) ?? draft.context;
      },
    },
    moreLine(sheet),
  ];
}

function stageLine({ stages, draft, draftOf }: BuildSheet): SheetLine[] {
  const named = (stages?.stages ?? []).filter((it) => it.name !== null);
  if (named.length === 0) return [];
  return [
    {
      icon: "layers",
      label: l10n.t("Stage"),
      value: draft.target ?? l10n.t("final"),
      change: async () => {
        const picked = await askStage(named);
        if (picked === undefined) return;
        const other = draftOf(picked.target);
        other.ssh = { ...suggestedSsh(stageOf(stages, picked.target)?.ssh ?? []), ...other.ssh };
        Object.assign(draft, other);
      },
    },
  ];
}

function argumentLine(stage: StageInfo | undefined, draft: BuildDraft): SheetLine[] {
  if (stage === undefined || stage.arguments.length === 0) return [];
  return [
    {
      icon: "symbol-variable",
      label: l10n.t("Build arguments"),
      value: stage.arguments
        .map((it) => shownArgument(it.name, draft.buildArguments[it.name], it.default))
        .join("  "),
      change: () => askArguments(stage, draft),
    },
  ];
}

/** Those that the stage's RUN instructions name, and what was given besides. */
function secretLines(stage: StageInfo | undefined, draft: BuildDraft): SheetLine[] {
  const ids = new Set([...(stage?.secrets ?? []).map((it) => it.id), ...Object.keys(draft.secrets)]);
  return [...ids].map((id) => ({
    icon: "key",
    label: l10n.t("Secret {0}", id),
    value: shownSource(draft.secrets[id]),
    change: async () => {
      const from = await askSource(id);
      if (from === null) delete draft.secrets[id];
      else if (from !== undefined) draft.secrets[id] = from;
    },
  }));
}

function sshLines(stage: StageInfo | undefined, draft: BuildDraft): SheetLine[] {
  const ids = new Set([...(stage?.ssh ?? []), ...Object.keys(draft.ssh)]);
  return [...ids].map((id) => ({
    icon: "plug",
    label: id === "default" ? l10n.t("SSH") : l10n.t("SSH {0}", id),
    value: shownSsh(draft.ssh[id]),
    change: async () => {
      const keys = await askSsh(id);
      if (keys === null) delete draft.ssh[id];
      else if (keys !== undefined) draft.ssh[id] = keys;
    },
  }));
}

function platformLine(draft: BuildDraft, builders: BuildSheet["builders"]): SheetLine {
  const several = draft.builder?.platforms ?? [];
  return {
    icon: "circuit-board",
    label: l10n.t("Platform"),
    value: several.length > 0 ? several.join(", ") : (draft.platform ?? l10n.t("the engine’s own")),
    change: async () => {
      if (draft.builder !== undefined) {
        const { name } = draft.builder;
        const known = (await builders()).find((it) => it.name === name)?.platforms ?? [];
        const all = [...new Set([...(known.length > 0 ? known : platforms), ...several])];
        const picked = await window.showQuickPick(
          all.map((label) => ({ label, picked: several.includes(label) })),
          { title: l10n.t("Platforms"), canPickMany: true },
        );
        if (picked !== undefined)
          draft.builder = { ...draft.builder, platforms: picked.map((it) => it.label) };
        return;
      }
      const own = l10n.t("The engine’s own");
      const picked = await window.showQuickPick([own, ...platforms], { title: l10n.t("Platform") });
      if (picked !== undefined) draft.platform = picked === own ? undefined : picked;
    },
  };
}

async function askTag(tag: string): Promise<string | undefined> {
  return window.showInputBox({
    title: l10n.t("Tag of the image"),
    value: tag,
    validateInput: (text) =>
      isImageName(text) ? undefined : l10n.t("A name like go-api:1.0, in lower case"),
  });
}

async function askStage(named: readonly StageInfo[]): Promise<{ target: string | undefined } | undefined> {
  return window.showQuickPick(
    [
      { label: l10n.t("final"), description: l10n.t("what the whole file builds"), target: undefined },
      ...named.map((it) => ({ label: it.name ?? "", description: it.base, target: it.name ?? undefined })),
    ],
    { title: l10n.t("Stage") },
  );
}

async function askArguments(stage: StageInfo, draft: BuildDraft): Promise<void> {
  const items = stage.arguments.map((argument) => ({
    label: argument.name,
    description:
      shownValue(argument.name, draft.buildArguments[argument.name]) ??
      (argument.default === null ? l10n.t("not set") : l10n.t("{0} (default)", argument.default)),
    argument,
  }));
  const picked = await window.showQuickPick(items, { title: l10n.t("Build arguments") });
  if (picked === undefined) return;
  const { name } = picked.argument;
  const given = draft.buildArguments[name] ?? picked.argument.default ?? "";
  const value = await window.showInputBox({
    title: name,
    value: given,
    prompt: l10n.t("Leave it empty for the Dockerfile’s own value."),
    password: isSecretPair(name, given),
  });
  if (value === undefined) return;
  if (value === "" || value === picked.argument.default) delete draft.buildArguments[name];
  else draft.buildArguments[name] = value;
}

async function askContext(file: Uri): Promise<string | undefined> {
  const picked = await pickFolder(l10n.t("Build context"), Uri.file(path.dirname(file.fsPath)));
  return picked?.fsPath;
}

function shownArgument(name: string, given: string | undefined, preset: string | null): string {
  const value = shownValue(name, given) ?? preset;
  return value === null ? name : `${name}=${value}`;
}

function shownValue(name: string, given: string | undefined): string | undefined {
  return given !== undefined && isSecretPair(name, given) ? hidden : given;
}
