import type {
  Comparison,
  WeighedImage,
  WeighedLayer,
} from "../../../client/src/sizes/comparison/comparison.ts";

/** A layer of `instruction`, whose first word is its keyword. */
export function layer(instruction: string, size: number, more: Partial<WeighedLayer> = {}): WeighedLayer {
  const keyword = instruction.split(" ")[0] ?? "";
  return {
    instruction,
    keyword,
    size,
    line: undefined,
    file: undefined,
    fromBase: keyword === "FROM",
    layers: [],
    ...more,
  };
}

/** Puts images together as a comparison, whose rows are their instructions in order of appearance. */
export function comparison(
  ...images: (Pick<WeighedImage, "label" | "layers"> & Partial<WeighedImage>)[]
): Comparison {
  const total = (layers: readonly WeighedLayer[]) => layers.reduce((sum, it) => sum + it.size, 0);
  const first = images[0] ? total(images[0].layers) : 0;
  const instructions = new Map(
    images.flatMap((image) => image.layers.map((it) => [it.instruction, it.keyword])),
  );
  return {
    images: images.map((image) => ({
      id: `sha256:${image.label}`,
      platform: "linux/amd64",
      created: 0,
      unpackedSize: total(image.layers),
      compressedSize: undefined,
      difference: total(image.layers) - first,
      ...image,
    })),
    rows: [...instructions].map(([instruction, keyword]) => ({
      instruction,
      keyword,
      sizes: images.map((image) => image.layers.find((it) => it.instruction === instruction)?.size),
    })),
    notes: [],
  };
}

/** A service in one stage on the compiler's image, and the same in two stages. */
export const singleAndMultiStage = comparison(
  {
    label: "api:single-stage",
    layers: [
      layer("FROM golang:1.27-alpine", 240_000_000),
      layer("COPY . .", 20_000),
      layer("RUN go build -o /usr/local/bin/api .", 70_000_000),
      layer("USER app", 0),
    ],
  },
  {
    label: "api:latest",
    layers: [
      layer("FROM alpine:3.24", 2_000_000),
      layer("COPY /out/api /usr/local/bin/api", 5_200_000, { file: "/w/Dockerfile", line: 19 }),
      layer("USER app", 0, { file: "/w/Dockerfile", line: 20 }),
    ],
  },
);
