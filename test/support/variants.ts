import type { Variant, Variants } from "../../server/src/features/variants/variant.ts";
import { variantsOf } from "../../server/src/features/variants/variants.ts";
import { shippedImages } from "../../server/src/model/image/shipped-images.ts";
import type { ModelInputs } from "../../server/src/model/stage/dockerfile-model.ts";
import { evaluateDockerfile } from "../../server/src/model/stage/evaluate.ts";
import { checkDockerfile } from "../../server/src/rules/check.ts";
import type { Policy } from "../../server/src/rules/policy.ts";
import { parseDockerfile } from "../../server/src/syntax/dockerfile/parse.ts";

/** The bases for a Dockerfile, judged by all rules. */
export function variantsIn(
  text: string,
  inputs: Omit<ModelInputs, "images" | "buildArguments">,
  policy?: Policy,
): Variants {
  const all: ModelInputs = { images: shippedImages, buildArguments: {}, ...inputs };
  const modelOf = (it: string) => evaluateDockerfile(parseDockerfile(it), all);
  const found = variantsOf(modelOf(text), (it) => checkDockerfile(modelOf(it), policy ? { policy } : {}));
  if (typeof found === "string") throw new Error(found);
  return found;
}

export function variantNamed(name: string, { variants, refused }: Variants): Variant {
  const found = variants.find((it) => it.name === name);
  if (!found) throw new Error(refused.find((it) => it.name === name)?.reason ?? `There is no ${name}.`);
  return found;
}
