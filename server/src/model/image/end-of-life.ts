import { valueIn } from "../../text/value-in.ts";
import { isBefore } from "../../text/version-order.ts";
import type { ImageReference } from "../stage/stage.ts";
import table from "./end-of-life.json" with { type: "json" };
import { officialName } from "./reference.ts";

/** Something in an image that gets no more fixes. */
export interface EndOfLife {
  /** `Debian 11`, `the image centos`. */
  readonly what: string;
  /** `2026-08-31`, or the month alone. */
  readonly end: string;
  /** Is it older than all that the table has? Then its end was before this one. */
  readonly isEarlier: boolean;
  /** A version that is maintained, as a tag of the same image starts with; undefined where it takes more than that. */
  readonly successor: string | undefined;
  /** Another image to take; undefined where a version of the same image will do. */
  readonly instead: string | undefined;
  /** Is it the system that the image is built on, rather than what it is for? */
  readonly isSystem: boolean;
}

interface Product {
  readonly images: readonly string[];
  readonly name: string;
  readonly successor?: string;
  /** Codenames, as tags have them. */
  readonly names?: Readonly<Record<string, string>>;
  /** Of majors that get no further minor version: the one that a tag with the major alone stands for (Docker Hub's lists, as generally known). */
  readonly last?: Readonly<Record<string, string>>;
  readonly versions: Readonly<Record<string, string>>;
}

const products: readonly Product[] = table.products as unknown as readonly Product[];
const byImage = new Map(products.flatMap((it) => it.images.map((image) => [image, it] as const)));
const [alpine, debian] = ["alpine", "debian"].map((it) => byImage.get(it));

/**
 * What of an image was past its end of life when the table was made (`end-of-life.json`, with source and date). Undefined
 * for what is maintained, or not known.
 */
export function endOfLifeOf({ name: written, tag }: ImageReference): EndOfLife | undefined {
  const name = officialName(written);
  const image = table.images.find((it) => it.image === name);
  if (image)
    return {
      what: `the image ${name}`,
      end: image.end,
      isEarlier: false,
      successor: undefined,
      instead: image.instead,
      isSystem: false,
    };
  const distroless = /^gcr\.io\/distroless\/.*-debian(\d+)$/.exec(name)?.[1];
  if (distroless !== undefined && debian) return ended(debian, distroless, true);
  if (tag === undefined) return undefined;
  const product = byImage.get(name);
  if (product) {
    const version =
      valueIn(product.names ?? {}, /^[a-z]+/.exec(tag)?.[0] ?? "") ??
      /^v?(\d+(?:\.\d+)*)(?=-|$)/.exec(tag)?.[1];
    const own = version === undefined ? undefined : ended(product, version, false);
    if (own) return own;
  }
  return name.includes("/") ? undefined : endedSystem(tag);
}

/** Official images say in their tags what they are built on: `-bullseye`, `-alpine3.18`. */
function endedSystem(tag: string): EndOfLife | undefined {
  const onAlpine = /(?:^|-)alpine(3\.\d+)(?:-|$)/.exec(tag)?.[1];
  if (onAlpine !== undefined && alpine) return ended(alpine, onAlpine, true);
  const codename = tag.split("-").find((it) => debian?.names && Object.hasOwn(debian.names, it));
  const onDebian = codename === undefined ? undefined : debian?.names?.[codename];
  return onDebian === undefined || !debian ? undefined : ended(debian, onDebian, true);
}

function ended(product: Product, written: string, isSystem: boolean): EndOfLife | undefined {
  const version = valueIn(product.last ?? {}, written) ?? written;
  const cycles = Object.keys(product.versions);
  // Names that are whole numbers come first in an object, wherever they were written.
  const first = cycles.reduce((oldest, it) => (isBefore(it, oldest) ? it : oldest));
  const cycle = cycles.find((it) => version === it || version.startsWith(`${it}.`));
  // What is older than the oldest of the table ended before it. A bare major version may be a newer one.
  const isOlder = version.split(".").length >= first.split(".").length && isBefore(version, first);
  const end = cycle === undefined ? undefined : product.versions[cycle];
  if (end === undefined && !isOlder) return undefined;
  const { successor, name } = product;
  return {
    what: `${name} ${cycle ?? version}`,
    end: end ?? product.versions[first] ?? "",
    isEarlier: end === undefined,
    successor,
    instead: undefined,
    isSystem,
  };
}
