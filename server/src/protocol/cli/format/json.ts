import type { Format } from "./format.ts";

/** An array of findings. */
export const json: Format = ({ findings }) => `${JSON.stringify(findings, null, 2)}\n`;
