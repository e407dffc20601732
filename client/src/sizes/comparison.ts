/** What two or more images weigh, layer by layer, with the instruction that made each. Pure data: the page draws it. */
export interface Comparison {
  readonly images: readonly WeighedImage[];
  /** One row per instruction text that any image has, in order of the images' own instructions. */
  readonly rows: readonly ComparisonRow[];
  /** What the figures mean, in words for the reader, e.g. that a containerd store counts disk blocks. */
  readonly notes: readonly string[];
}

export interface WeighedImage {
  readonly id: string;
  readonly label: string;
  readonly platform: string;
  readonly created: number;
  /** Bytes on disk, unpacked. */
  readonly unpackedSize: number;
  /** Bytes as transferred; undefined where the engine does not tell. */
  readonly compressedSize: number | undefined;
  /** Bytes more (or, below 0, less) than the first image. */
  readonly difference: number;
  readonly layers: readonly WeighedLayer[];
}

export interface WeighedLayer {
  /** As one writes it in a Dockerfile: `COPY /bin/server /server`. */
  readonly instruction: string;
  /** Upper case: `RUN`, `COPY`, `ENV` …, `FROM` for the base as a whole, `OTHER` for what no Dockerfile made. */
  readonly keyword: string;
  readonly size: number;
  /** Where it stands, if the Dockerfile is known; 1-based line. */
  readonly line: number | undefined;
  readonly file: string | undefined;
  /** True for what the base image brought. */
  readonly fromBase: boolean;
}

export interface ComparisonRow {
  readonly instruction: string;
  readonly keyword: string;
  /** One per image, in their order; undefined where the image has no such instruction. */
  readonly sizes: readonly (number | undefined)[];
}
