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
  /** Bytes as transferred; undefined where the engine does not tell, and it was not measured. */
  readonly compressedSize: number | undefined;
  /** Bytes more (or, below 0, less) than the first image. */
  readonly difference: number;
  readonly layers: readonly WeighedLayer[];
  /** What reading its layers told; undefined before that. Then all sizes are to the byte. */
  readonly read?: ReadFigures;
}

/** What is known of an image whose files were read. All figures are bytes unpacked. */
export interface ReadFigures {
  /** Files that a container sees, and their bytes. */
  readonly files: number;
  readonly visible: number;
  /** Stored by one instruction and hidden by another, so that the image carries them for nothing; largest first. */
  readonly waste: readonly WeighedWaste[];
  /** The same content at several places, largest first, and what all copies but one take. */
  readonly duplicates: readonly WeighedDuplicate[];
  readonly duplicated: number;
  /** What could not be read, in sentences. */
  readonly problems: readonly string[];
}

export interface WeighedWaste {
  readonly how: "rewritten" | "overwritten" | "deleted";
  readonly bytes: number;
  readonly files: number;
  /** Indexes among the image's `layers`; undefined where it is not certain. */
  readonly storedBy: number | undefined;
  readonly hiddenBy: number | undefined;
  /** The layer that stores them: its digest unpacked. */
  readonly storedIn: string;
  /** The largest, largest first. */
  readonly places: readonly WastedPlace[];
}

/** A file, or a directory with what it held of this. */
export interface WastedPlace {
  readonly path: string;
  readonly bytes: number;
  readonly files: number;
  /** Where it is one file: that. */
  readonly file: string | undefined;
}

export interface WeighedDuplicate {
  /** Of one of them. */
  readonly size: number;
  readonly bytes: number;
  readonly paths: readonly string[];
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
  /** The layers of the image that it stands for, oldest from 0; empty where that is not certain, or it made none. */
  readonly layers: readonly number[];
}

export interface ComparisonRow {
  readonly instruction: string;
  readonly keyword: string;
  /** One per image, in their order; undefined where the image has no such instruction. */
  readonly sizes: readonly (number | undefined)[];
}
