import path from "node:path";
import { l10n, type QuickPickItem, Uri, window, workspace } from "vscode";
import type { ImageConfig, Mount } from "../engine/engine.ts";
import { commandWords, writtenCommand } from "../shared/command-words.ts";
import { hasSecretWord, hidden, isSecretVariable, looksSecret, shownVariable } from "../shared/secrets.ts";
import type { RunDraft } from "./run-memory.ts";
import type { SheetLine } from "./sheet.ts";

/** The lines of the sheet of Run Image. Each shows what will happen, and changes `draft` when it is picked. */
export function runLines(image: string, config: ImageConfig, draft: RunDraft): SheetLine[] {
  const ports = draft.ports ?? exposedPorts(config.exposedPorts);
  const asInImage = l10n.t("as in the image");
  return [
    {
      icon: draft.interactive ? "terminal" : "server-process",
      label: l10n.t("Mode"),
      value: draft.interactive
        ? l10n.t("interactive, in a terminal")
        : l10n.t("in the background, output in a terminal"),
      change: async () => {
        draft.interactive = !draft.interactive;
      },
    },
    {
      icon: "plug",
      label: l10n.t("Ports"),
      value: portsAsText(ports) || l10n.t("none"),
      change: async () => {
        draft.ports = (await askPorts(ports)) ?? draft.ports;
      },
    },
    {
      icon: "symbol-variable",
      label: l10n.t("Environment"),
      value: draft.environment.map(shownVariable).join("  ") || asInImage,
      change: () => askEnvironment(config, draft),
    },
    {
      icon: "file",
      label: l10n.t("Environment files"),
      value:
        (draft.environmentFiles ?? []).map((it) => workspace.asRelativePath(it)).join("  ") || l10n.t("none"),
      change: () => askEnvironmentFiles(draft),
    },
    {
      icon: "folder",
      label: l10n.t("Mounts"),
      value: mountsAsText(config, draft),
      change: () => askMounts(config, draft),
    },
    {
      icon: "chevron-right",
      label: l10n.t("Command"),
      value:
        draft.command === undefined ? wordsAsText(config.command) || asInImage : wordsAsText(draft.command),
      change: async () => {
        await askWords(
          l10n.t("Command of {0}", image),
          draft.command,
          (it) => {
            draft.command = it;
          },
          config.command,
        );
      },
    },
    {
      icon: "symbol-event",
      label: l10n.t("Entrypoint"),
      value:
        draft.entrypoint === undefined
          ? wordsAsText(config.entrypoint) || l10n.t("none, as in the image")
          : wordsAsText(draft.entrypoint) || l10n.t("none"),
      change: async () => {
        await askWords(
          l10n.t("Entrypoint of {0}", image),
          draft.entrypoint,
          (it) => {
            draft.entrypoint = it;
          },
          config.entrypoint,
        );
      },
    },
    {
      icon: "account",
      label: l10n.t("User"),
      value: draft.user ?? (config.user || "root"),
      change: () => askUser(config, draft),
    },
    {
      icon: "settings",
      label: l10n.t("Options"),
      value: options()
        .filter(({ key, inverted }) => draft[key] !== inverted)
        .map((it) => it.label)
        .join(", "),
      change: () => askOptions(draft),
    },
  ];
}

function options(): readonly {
  readonly key: "init" | "readOnly" | "keep";
  /** Ticked when the draft says no. */
  readonly inverted: boolean;
  readonly label: string;
  readonly description: string;
}[] {
  return [
    {
      key: "keep",
      inverted: true,
      label: l10n.t("remove on stop"),
      description: l10n.t("its files go with it, volumes with a name stay"),
    },
    {
      key: "init",
      inverted: false,
      label: l10n.t("init process"),
      description: l10n.t("hands signals on and reaps, for programs that do not"),
    },
    {
      key: "readOnly",
      inverted: false,
      label: l10n.t("read-only"),
      description: l10n.t("nothing but its volumes can be written"),
    },
  ];
}

async function askOptions(draft: RunDraft): Promise<void> {
  const items = options().map((it) => ({ ...it, picked: draft[it.key] !== it.inverted }));
  const picked = await window.showQuickPick(items, { title: l10n.t("Options"), canPickMany: true });
  if (picked === undefined) return;
  for (const { key, inverted } of options())
    draft[key] = picked.some((it) => it.key === key) ? !inverted : inverted;
}

/** The port that the image names is the one that one would type; a taken one is replaced by a free one. */
export function exposedPorts(exposed: readonly string[]): Record<string, number> {
  return Object.fromEntries(exposed.map((port) => [port, Number.parseInt(port, 10)]));
}

function portsAsText(ports: Readonly<Record<string, number>>): string {
  return Object.entries(ports)
    .map(([inside, outside]) => `${outside}:${inside}`)
    .join(" ");
}

async function askPorts(
  ports: Readonly<Record<string, number>>,
): Promise<Record<string, number> | undefined> {
  const text = await window.showInputBox({
    title: l10n.t("Ports"),
    prompt: l10n.t("Host port:container port, with spaces between; host port 0 takes a free one."),
    value: portsAsText(ports),
    validateInput: (it) => (parsePorts(it) ? undefined : l10n.t("For example 8080:8080/tcp 0:9090")),
  });
  return text === undefined ? undefined : parsePorts(text);
}

function parsePorts(text: string): Record<string, number> | undefined {
  const words = text.split(/\s+/).filter(Boolean);
  const pairs = words.map((word) => /^(\d{1,5}):(\d{1,5})(?:\/(tcp|udp|sctp))?$/.exec(word));
  const isPort = (it: string | undefined) => Number(it) <= 65535;
  if (pairs.some((it) => it === null || !isPort(it[1]) || !isPort(it[2]) || Number(it[2]) === 0))
    return undefined;
  return Object.fromEntries(pairs.map((it) => [`${it?.[2]}/${it?.[3] ?? "tcp"}`, Number(it?.[1])]));
}

/** One variable at a time, so that a secret one can be typed unseen. */
async function askEnvironment(config: ImageConfig, draft: RunDraft): Promise<void> {
  for (;;) {
    const given = new Map(draft.environment.map((it) => [it.split("=")[0] ?? "", it]));
    const preset = config.environment.filter((it) => !given.has(it.split("=")[0] ?? ""));
    const item = (variable: string, description: string) => ({
      label: shownVariable(variable),
      description,
      variable,
    });
    const add = { label: `$(add) ${l10n.t("Add a variable")}`, description: "", variable: undefined };
    const picked = await window.showQuickPick<QuickPickItem & { variable: string | undefined }>(
      [
        add,
        ...draft.environment.map((it) => item(it, "")),
        ...preset.map((it) => item(it, l10n.t("of the image"))),
      ],
      { title: l10n.t("Environment"), placeHolder: l10n.t("Pick one to change it; Escape goes back") },
    );
    if (picked === undefined) return;
    const name = picked.variable?.split("=")[0] ?? (await askName());
    if (name === undefined) continue;
    const old = picked.variable?.slice(name.length + 1) ?? "";
    const isSecret = looksSecret(name) || isSecretVariable(`${name}=${old}`);
    const value = await window.showInputBox({
      title: name,
      // A secret is never shown, not even as dots that could be revealed.
      value: isSecret ? "" : old,
      password: isSecret,
      ...(isSecret && { prompt: l10n.t("It is used for this run, and not kept.") }),
      placeHolder: given.has(name) ? l10n.t("Leave it empty to take it away") : "",
    });
    if (value === undefined) continue;
    if (value === "" && given.has(name)) given.delete(name);
    else given.set(name, `${name}=${value}`);
    draft.environment = [...given.values()];
  }
}

function askName(): Thenable<string | undefined> {
  return window.showInputBox({
    title: l10n.t("Name of the variable"),
    validateInput: (it) => (/^[A-Za-z_]\w*$/.test(it) ? undefined : l10n.t("For example LOG_LEVEL")),
  });
}

async function askEnvironmentFiles(draft: RunDraft): Promise<void> {
  const found = await workspace.findFiles("**/{.env,.env.*,*.env}", "**/node_modules/**", 100);
  const chosen = draft.environmentFiles ?? [];
  const paths = [...new Set([...chosen, ...found.map((it) => it.fsPath).toSorted()])];
  const browse = { label: `$(folder-opened) ${l10n.t("Another file…")}`, file: undefined, picked: false };
  const picked = await window.showQuickPick(
    [
      ...paths.map((file) => ({
        label: workspace.asRelativePath(file),
        file,
        picked: chosen.includes(file),
      })),
      browse,
    ],
    { title: l10n.t("Environment files; a later one goes before an earlier one"), canPickMany: true },
  );
  if (picked === undefined) return;
  const files = picked.flatMap((it) => (it.file === undefined ? [] : [it.file]));
  if (picked.includes(browse)) {
    const more = await window.showOpenDialog({
      title: l10n.t("Environment files"),
      canSelectMany: true,
      ...(workspace.workspaceFolders?.[0] && { defaultUri: workspace.workspaceFolders[0].uri }),
    });
    files.push(...(more ?? []).map((it) => it.fsPath));
  }
  draft.environmentFiles = files;
}

/** What is mounted, and the image's volumes that are not: those get one without a name, which goes with the container. */
function mountsAsText({ volumes }: ImageConfig, { mounts }: RunDraft): string {
  const taken = new Set(mounts.map((it) => it.target));
  const anonymous = volumes.filter((it) => !taken.has(it));
  return (
    [
      ...mounts.map(mountAsText),
      ...anonymous.map((it) => l10n.t("{0} (volume of the image, without a name)", it)),
    ].join("  ") || l10n.t("none")
  );
}

function mountAsText({ kind, source, target, readOnly }: Mount): string {
  const from = kind === "folder" ? workspace.asRelativePath(source) : source;
  return `${from} → ${target}${readOnly ? ` (${l10n.t("read-only")})` : ""}`;
}

async function askMounts({ volumes }: ImageConfig, draft: RunDraft): Promise<void> {
  const taken = new Set(draft.mounts.map((it) => it.target));
  const picked = await window.showQuickPick<QuickPickItem & { act: () => Promise<void> }>(
    [
      {
        label: `$(folder) ${l10n.t("Mount a folder")}`,
        act: () => addFolder(draft),
      },
      {
        label: `$(database) ${l10n.t("Mount a volume with a name")}`,
        act: () => addVolume(draft, undefined),
      },
      ...volumes
        .filter((it) => !taken.has(it))
        .map((target) => ({
          label: `$(database) ${target}`,
          description: l10n.t("volume of the image: give it a name, so that its data stay"),
          act: () => addVolume(draft, target),
        })),
      ...draft.mounts.map((mount) => ({
        label: `$(trash) ${mountAsText(mount)}`,
        description: l10n.t("take it away"),
        act: async () => {
          draft.mounts = draft.mounts.filter((it) => it !== mount);
        },
      })),
    ],
    { title: l10n.t("Mounts") },
  );
  await picked?.act();
}

async function addFolder(draft: RunDraft): Promise<void> {
  const picked = await window.showOpenDialog({
    title: l10n.t("Folder to mount"),
    canSelectFiles: false,
    canSelectFolders: true,
    ...(workspace.workspaceFolders?.[0] && { defaultUri: workspace.workspaceFolders[0].uri }),
  });
  const source = picked?.[0]?.fsPath;
  if (source === undefined) return;
  const target = await askTarget(`/${path.basename(source)}`);
  if (target === undefined) return;
  const writable = l10n.t("The container may write");
  const access = await window.showQuickPick([writable, l10n.t("Read-only")], {
    title: workspace.asRelativePath(Uri.file(source)),
  });
  if (access === undefined) return;
  draft.mounts = [
    ...draft.mounts.filter((it) => it.target !== target),
    { kind: "folder", source, target, readOnly: access !== writable },
  ];
}

async function addVolume(draft: RunDraft, preset: string | undefined): Promise<void> {
  const source = await window.showInputBox({
    title: l10n.t("Name of the volume"),
    prompt: l10n.t("It is made when there is none of this name, and stays when the container goes."),
    validateInput: (it) => (/^[a-zA-Z0-9][\w.-]+$/.test(it) ? undefined : l10n.t("For example api-data")),
  });
  if (source === undefined) return;
  const target = preset ?? (await askTarget("/data"));
  if (target === undefined) return;
  draft.mounts = [...draft.mounts.filter((it) => it.target !== target), { kind: "volume", source, target }];
}

function askTarget(value: string): Thenable<string | undefined> {
  return window.showInputBox({
    title: l10n.t("Where in the container?"),
    value,
    validateInput: (it) =>
      /^(\/|[A-Za-z]:\\)./.test(it) ? undefined : l10n.t("An absolute path, for example /data"),
  });
}

async function askUser({ user }: ImageConfig, draft: RunDraft): Promise<void> {
  const text = await window.showInputBox({
    title: l10n.t("User"),
    value: draft.user ?? "",
    placeHolder: user || "root",
    prompt: l10n.t("A name or number, also with a group (1000:1000); empty for the image’s own."),
    validateInput: (it) => (/^[\w.-]*(:[\w.-]+)?$/.test(it) ? undefined : l10n.t("For example 1000:1000")),
  });
  if (text !== undefined) draft.user = text === "" ? undefined : text;
}

async function askWords(
  title: string,
  given: readonly string[] | undefined,
  keep: (words: readonly string[] | undefined) => void,
  own: readonly string[] | undefined,
): Promise<void> {
  const text = await window.showInputBox({
    title,
    value: given === undefined ? "" : writtenCommand(given),
    placeHolder: own === undefined ? l10n.t("none in the image") : writtenCommand(own),
    prompt: l10n.t(
      "Words with quotes as in a shell, or a JSON list; empty for the image’s own, [] for none at all.",
    ),
    validateInput: (it) => (commandWords(it) ? undefined : l10n.t("A quote is not closed.")),
  });
  if (text === undefined) return;
  keep(text.trim() === "" ? undefined : commandWords(text));
}

function wordsAsText(words: readonly string[] | undefined): string {
  if (words === undefined) return "";
  return hasSecretWord(words) ? `${words[0] ?? ""} ${hidden}` : writtenCommand(words);
}
