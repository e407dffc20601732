import { l10n, window } from "vscode";
import { sessionTerminal } from "../../editor/containers/session-terminal.ts";
import type { Command } from "../command.ts";
import { cancelled, type NotDone, withEngine } from "../with-engine.ts";
import { type ContainerAnswers, isRunning, pickContainers } from "./pick-containers.ts";

export type ShellResult = { readonly outcome: "opened"; readonly id: string } | NotDone;

/** Opens a shell in a running container, when its image has one. */
export const openShell: Command<ContainerAnswers, ShellResult> = {
  id: "plimsoll.openShell",
  run: (services, answers) =>
    withEngine<ShellResult>(services, openShell.id, answers, async (engine) => {
      const asked = answers.id ?? answers.ids?.[0];
      const [container] =
        (await pickContainers(engine, asked === undefined ? {} : { id: asked }, isRunning)) ?? [];
      if (container === undefined) return cancelled;
      const { id, name, image } = container;
      const session = await engine.containers.shell(id);
      const pty = sessionTerminal(session, l10n.t("A shell in {0} ({1}).", name, image), async () => ({
        text: l10n.t("The shell has ended."),
        exitCode: undefined,
      }));
      window.createTerminal({ name: l10n.t("{0} (shell)", name), pty }).show();
      return { outcome: "opened", id };
    }),
};
