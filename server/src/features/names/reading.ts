import type { ComposeInputs } from "../../model/compose/reading/inputs.ts";
import type { Reading } from "../../model/compose/reading/reading.ts";
import type { ImageFactsSource } from "../../model/image/facts.ts";
import type { ComposeSource } from "./sources.ts";

/** For readers of the model that are asked for one section: nothing but the file and its variables is known. */
export function readingOf(
  { file, variables }: ComposeSource,
  dockerfile: ComposeInputs["dockerfile"] = () => undefined,
): Reading {
  return {
    text: file.text,
    inputs: {
      images: noImages,
      dockerfile,
      inlineDockerfile: () => undefined,
      readFile: () => undefined,
      kindOf: () => "unknown",
      variables,
      defaults: "taken",
      directory: undefined,
      alone: false,
      // Whether another file names the context is seen where the builds of all files are put together.
      single: true,
    },
  };
}

const noImages: ImageFactsSource = { find: () => undefined, names: () => [], tags: () => [] };
