import type { SizeProgram } from "../../../../client/src/shared/size-request.ts";

/** Where a command writes, and what it is told about its surroundings; handed in so that tests need no process. */
export interface Terminal {
  out(text: string): void;
  /** Messages that are no result. */
  error(text: string): void;
  readonly color: boolean;
  /** Folder that relative paths count from. */
  readonly folder: string;
  readStandardInput(): Promise<Uint8Array>;
  /** What speaks to engines: a bundle of its own, so that no other command waits for it. */
  loadSize(): Promise<SizeProgram>;
}

export type Color = "red" | "yellow" | "blue" | "grey" | "bold";

const codes: Readonly<Record<Color, readonly [number, number]>> = {
  red: [31, 39],
  yellow: [33, 39],
  blue: [34, 39],
  grey: [90, 39],
  bold: [1, 22],
};

/** The text in a colour, on a terminal that shows some. */
export function paint({ color }: Terminal, name: Color, text: string): string {
  const [on, off] = codes[name];
  return color ? `\u001B[${on}m${text}\u001B[${off}m` : text;
}

/** Text of a file on one's terminal: no control character of it may steer the terminal. */
export function printable(text: string): string {
  return text.replace(/(?![\n\t])\p{Cc}/gu, (it) => `\\x${it.charCodeAt(0).toString(16).padStart(2, "0")}`);
}
