import { ConfigurationTarget, extensions, l10n, type Memento, window, workspace } from "vscode";
import { isRecord } from "../shared/is-record.ts";
import type { RuleName } from "../shared/server-messages.ts";
import { type OtherLinter, otherLinters, ownRules, type Reporter } from "./other-linters.ts";

/** Extensions that report on Dockerfiles too, among those that are enabled here. */
export function othersHere(): readonly OtherLinter[] {
  return otherLinters.filter((it) => extensions.getExtension(it.extension) !== undefined);
}

/** Names under which both report, e.g. `DL3002`. */
export function shared(other: OtherLinter, rules: readonly RuleName[]): readonly string[] {
  return [...new Set(rules.flatMap((it) => it.aliases).filter(other.reports))].sort();
}

/**
 * Writes the user's settings so that only the chosen one reports what both know. Returns the settings that were written; none when
 * the other extension has no setting for it.
 */
export async function applyChoice(
  other: OtherLinter,
  names: readonly string[],
  reporter: Reporter,
): Promise<readonly string[]> {
  const written: string[] = [];
  const set = async (section: string, key: string, value: unknown): Promise<void> => {
    const configuration = workspace.getConfiguration(section);
    if (JSON.stringify(configuration.inspect(key)?.globalValue) === JSON.stringify(value)) return;
    await configuration.update(key, value, ConfigurationTarget.Global);
    written.push(`${section}.${key}`);
  };
  const theirs = other.settings(
    names,
    (setting) => workspace.getConfiguration().inspect(setting)?.globalValue,
    reporter === "plimsoll",
  );
  const declared = declaredSettings(other);
  for (const [setting, value] of Object.entries(theirs)) {
    // VS Code refuses to write what a version of the extension does not have.
    if (!declared.has(setting)) continue;
    const dot = setting.lastIndexOf(".");
    await set(setting.slice(0, dot), setting.slice(dot + 1), value);
  }
  const own = workspace.getConfiguration("plimsoll").inspect("rules")?.globalValue;
  const rules = ownRules(own, names, reporter);
  if (own !== undefined || Object.keys(rules).length > 0) await set("plimsoll", "rules", rules);
  return written;
}

/** The settings that the extension, as it is installed, declares. */
function declaredSettings({ extension }: OtherLinter): ReadonlySet<string> {
  const { contributes }: { contributes?: { configuration?: unknown } } =
    extensions.getExtension(extension)?.packageJSON ?? {};
  const groups: unknown[] = [contributes?.configuration ?? []].flat();
  return new Set(
    groups.flatMap((it) => (isRecord(it) && isRecord(it["properties"]) ? Object.keys(it["properties"]) : [])),
  );
}

const asked = (other: OtherLinter) => `reporter:${other.extension}`;

/** Asks once for each extension, ever; who says nothing is asked again in the next session. */
export async function askOnce(
  state: Memento,
  choose: (other: OtherLinter, reporter: Reporter) => Promise<unknown>,
): Promise<void> {
  for (const other of othersHere()) {
    if (state.get(asked(other)) !== undefined) continue;
    const own = l10n.t("Plimsoll");
    const both = l10n.t("Both");
    const answer = await window.showInformationMessage(
      l10n.t(
        "{0} and Plimsoll find some of the same mistakes. Which one should show those? Your settings are changed accordingly.",
        other.name,
      ),
      own,
      other.name,
      both,
    );
    if (answer === undefined) continue;
    const reporter: Reporter = answer === own ? "plimsoll" : answer === both ? "both" : "other";
    await choose(other, reporter);
  }
}

/** Keeps which of two linters shall report, so that it is not asked for again in this place of state. */
export async function rememberChoice(state: Memento, other: OtherLinter, reporter: Reporter): Promise<void> {
  await state.update(asked(other), reporter);
}
