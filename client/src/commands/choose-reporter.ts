import { commands, l10n, window } from "vscode";
import type { OtherLinter, Reporter } from "../editor/other-linters.ts";
import { applyChoice, othersHere, rememberChoice, shared } from "../editor/reporter-choice.ts";
import type { Command, Services } from "./command.ts";

export interface ReporterAnswers {
  /** Id of the other extension. */
  readonly extension?: string;
  readonly reporter?: Reporter;
}

export type ReporterResult =
  | { readonly outcome: "chosen"; readonly reporter: Reporter; readonly settings: readonly string[] }
  | { readonly outcome: "alone" }
  | { readonly outcome: "cancelled" };

/** Says which extension shows what Plimsoll and another one both know, by writing the settings of the two. */
export const chooseReporter: Command<ReporterAnswers, ReporterResult> = {
  id: "plimsoll.chooseReporter",
  async run(services, answers) {
    const others = othersHere();
    if (others.length === 0) {
      void window.showInformationMessage(
        l10n.t("No other extension that Plimsoll knows reports on Dockerfiles here."),
      );
      return { outcome: "alone" };
    }
    const other = others.find((it) => it.extension === answers.extension) ?? (await pickOther(others));
    const reporter = other && (answers.reporter ?? (await pickReporter(other)));
    if (!other || !reporter) return { outcome: "cancelled" };
    return { outcome: "chosen", reporter, settings: await choose(services, other, reporter) };
  },
};

/** Writes the settings and remembers the answer. What cannot be written is said to the user. */
export async function choose(
  { language, state }: Pick<Services, "language" | "state">,
  other: OtherLinter,
  reporter: Reporter,
): Promise<readonly string[]> {
  const names = shared(other, await language.ruleNames());
  let written: readonly string[] = [];
  try {
    written = await applyChoice(other, names, reporter);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    void window.showErrorMessage(l10n.t("Your settings could not be written: {0}", why));
    return written;
  }
  await rememberChoice(state, other, reporter);
  if (written.length > 0)
    void window.showInformationMessage(l10n.t("Changed in your settings: {0}.", written.join(", ")));
  const canBeSilenced = Object.keys(other.settings(names, () => undefined, true)).length > 0;
  if (reporter === "plimsoll" && !canBeSilenced)
    void offerTheRest(other, () => choose({ language, state }, other, "other"));
  return written;
}

/** What an extension cannot be told to leave out it shows besides ours. */
async function offerTheRest(other: OtherLinter, leave: () => Promise<unknown>): Promise<void> {
  const leaveThem = l10n.t("Let {0} Show Them", other.name);
  const showIt = l10n.t("Show the Extension");
  const answer = await window.showInformationMessage(
    l10n.t(
      "{0} has no setting that turns its checks off, so what both know is shown twice as long as it is enabled.",
      other.name,
    ),
    leaveThem,
    showIt,
  );
  if (answer === leaveThem) await leave();
  if (answer === showIt) await commands.executeCommand("extension.open", other.extension);
}

async function pickOther(others: readonly OtherLinter[]): Promise<OtherLinter | undefined> {
  if (others.length === 1) return others[0];
  const picked = await window.showQuickPick(
    others.map((other) => ({ label: other.name, description: other.extension, other })),
    { title: l10n.t("Which extension is it about?") },
  );
  return picked?.other;
}

async function pickReporter(other: OtherLinter): Promise<Reporter | undefined> {
  const picked = await window.showQuickPick(
    [
      { label: l10n.t("Plimsoll"), reporter: "plimsoll" as const },
      { label: other.name, reporter: "other" as const },
      { label: l10n.t("Both"), reporter: "both" as const },
    ],
    { title: l10n.t("Who shows what Plimsoll and {0} both know?", other.name) },
  );
  return picked?.reporter;
}
