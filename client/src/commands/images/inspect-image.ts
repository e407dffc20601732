import { shortId } from "../../editor/images/image-view.ts";
import { pickImage } from "../../editor/images/pick-images.ts";
import type { Command } from "../command.ts";
import type { InspectResult } from "../containers/inspect-container.ts";
import { cancelled, withEngine } from "../with-engine.ts";

/** Shows the engine's JSON about an image. */
export const inspectImage: Command<{ readonly image?: string }, InspectResult> = {
  id: "plimsoll.inspectImage",
  run: (services, answers) =>
    withEngine<InspectResult>(services, inspectImage.id, answers, async (engine) => {
      const image = await pickImage(engine, services.memory, answers.image);
      if (image === undefined) return cancelled;
      const value = await engine.store.inspectImage(image);
      const name = image.startsWith("sha256:") ? shortId(image) : image;
      const uri = await services.documents.showJson(name, image, value);
      return { outcome: "shown", uri: uri.toString() };
    }),
};
