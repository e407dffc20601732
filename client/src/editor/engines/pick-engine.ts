import { l10n, type QuickPickItem, QuickPickItemKind, window } from "vscode";
import type { EngineInfo } from "../../engine/engine.ts";
import type { EngineChoice, EngineSelection } from "../../engine/transport/choices.ts";
import type { EngineAccess } from "../../engine-access.ts";
import { engineName } from "./engine-status.ts";

/** What the user picked; `automatic` when nothing is to be picked any more. */
export type PickedEngine = EngineSelection | "automatic";

interface EngineItem extends QuickPickItem {
  readonly choice?: EngineChoice;
  readonly picks?: PickedEngine | "enter";
}

/** How long an engine has to answer while the list is open, in ms. */
const patience = 10_000;

/**
 * Shows the engines that there are, and which of them answer: each is asked once, while the list is open. Resolves to undefined when the
 * user leaves.
 */
export async function pickEngine(
  engine: Pick<EngineAccess, "choices" | "ask">,
  current: EngineSelection | undefined,
): Promise<PickedEngine | undefined> {
  const choices = engine.choices();
  const answers = new Map<EngineChoice, string>();
  const list = window.createQuickPick<EngineItem>();
  list.title = l10n.t("Which engine?");
  list.placeholder = l10n.t("For this workspace. Docker's own configuration stays as it is.");
  list.matchOnDescription = true;
  list.matchOnDetail = true;
  const close = new AbortController();
  const draw = () => {
    const active = list.activeItems[0];
    const items = itemsOf(choices, answers, current);
    list.items = items;
    // New items would send the user back to the first.
    const same = items.find((it) => active !== undefined && key(it) === key(active));
    if (same) list.activeItems = [same];
  };
  for (const choice of choices)
    void answerOf(engine, choice, close.signal).then((answer) => {
      answers.set(choice, answer);
      if (!close.signal.aborted) draw();
    });
  draw();
  const picked = await new Promise<EngineItem | undefined>((resolve) => {
    list.onDidAccept(() => resolve(list.selectedItems[0]));
    list.onDidHide(() => resolve(undefined));
    list.show();
  });
  close.abort();
  list.dispose();
  return picked?.picks === "enter" ? enterAddress() : picked?.picks;
}

async function answerOf(
  engine: Pick<EngineAccess, "ask">,
  { address, problem }: EngineChoice,
  closed: AbortSignal,
): Promise<string> {
  if (address === undefined) return `$(circle-slash) ${problem ?? l10n.t("There is none.")}`;
  try {
    const info: EngineInfo = await engine.ask(
      address,
      AbortSignal.any([closed, AbortSignal.timeout(patience)]),
    );
    return `$(pass) ${engineName(info)}`;
  } catch (error) {
    // What its failure is called matters to nobody here: an aborted call had its time.
    const message = error instanceof Error ? error.message : String(error);
    return `$(circle-slash) ${/^Cancelled/.test(message) ? l10n.t("It did not answer in time.") : message}`;
  }
}

function itemsOf(
  choices: readonly EngineChoice[],
  answers: ReadonlyMap<EngineChoice, string>,
  current: EngineSelection | undefined,
): EngineItem[] {
  const items = choices.map((choice): EngineItem => {
    const { selection, name, address } = choice;
    const isCurrent = sameSelection(selection, current);
    return {
      choice,
      picks: selection ?? "automatic",
      label: `$(${isCurrent ? "check" : "server-environment"}) ${selection ? name : l10n.t("Automatic")}`,
      description: [selection ? kindOf(selection) : name, address?.url].filter(Boolean).join(" · "),
      detail: answers.get(choice) ?? `$(loading~spin) ${l10n.t("Asking …")}`,
    };
  });
  // An address that was entered by hand is among the choices as long as it is the chosen one.
  if (current?.by === "address" && !choices.some((it) => sameSelection(it.selection, current)))
    items.push({ picks: current, label: `$(check) ${current.address}`, description: l10n.t("entered") });
  return [
    ...items,
    { label: "", kind: QuickPickItemKind.Separator },
    {
      picks: "enter",
      label: `$(edit) ${l10n.t("Enter an Address …")}`,
      description: "unix://, tcp://, ssh://",
      alwaysShow: true,
    },
  ];
}

function kindOf(selection: EngineSelection): string | undefined {
  return selection.by === "context" ? l10n.t("Docker context") : undefined;
}

function key(item: EngineItem): string {
  return JSON.stringify(item.picks ?? "");
}

function sameSelection(one: EngineSelection | undefined, other: EngineSelection | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

async function enterAddress(): Promise<EngineSelection | undefined> {
  const address = await window.showInputBox({
    title: l10n.t("Address of the engine"),
    placeHolder: "ssh://user@host",
    prompt: l10n.t("A socket (unix:///run/podman/podman.sock), a host (tcp://build-host:2376), or over SSH"),
    ignoreFocusOut: true,
    validateInput: (text) =>
      isAddress(text.trim())
        ? undefined
        : l10n.t("It looks like unix:///var/run/docker.sock, tcp://host:2376 or ssh://user@host."),
  });
  return address === undefined ? undefined : { by: "address", address: address.trim() };
}

function isAddress(text: string): boolean {
  return /^(?:(?:unix|npipe|tcp|ssh|https?):\/\/\S+|\/\S+|[\w.-]+:\d+)$/.test(text);
}
