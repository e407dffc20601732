import type { Command } from "../command.ts";
import { cancelled, type NotDone, withEngine } from "../with-engine.ts";
import { type ContainerAnswers, pickContainers } from "./pick-containers.ts";

export type InspectResult = { readonly outcome: "shown"; readonly uri: string } | NotDone;

/** Shows the engine's JSON about a container. */
export const inspectContainer: Command<ContainerAnswers, InspectResult> = {
  id: "plimsoll.inspectContainer",
  run: (services, answers) =>
    withEngine<InspectResult>(services, inspectContainer.id, answers, async (engine) => {
      const asked = answers.id ?? answers.ids?.[0];
      const [container] = (await pickContainers(engine, asked === undefined ? {} : { id: asked })) ?? [];
      if (container === undefined) return cancelled;
      const value = await engine.containers.inspect(container.id);
      const uri = await services.documents.showJson(container.name, container.id, value);
      return { outcome: "shown", uri: uri.toString() };
    }),
};
