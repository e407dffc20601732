import { runDeno } from "../../projects/bun-deno.ts";
import type { CommandFamily } from "../command-family.ts";

export const corepack: CommandFamily = {
  programs: ["corepack"],
  run(call, changes) {
    const names = call.words
      .slice(1)
      .flatMap((it) => (it === undefined || it.startsWith("-") ? [] : it.replace(/@.*$/, "")));
    if (call.words[0] === "enable" && names.length === 0)
      for (const name of ["yarn", "pnpm"]) changes.addTool(name);
    else for (const name of names) changes.addTool(name);
  },
};

export const deno: CommandFamily = {
  programs: ["deno"],
  run(call, changes) {
    if (!runDeno(call, changes)) node.run(call, changes);
  },
};

/** Runs the author's code, which may do what it is for. */
export const node: CommandFamily = {
  programs: ["node", "ts-node", "tsx"],
  run(call, changes) {
    if (call.words.length === 1 && /^(-v|--version)$/.test(call.words[0] ?? "")) return;
    changes.mayWriteAnywhere();
    if (!call.inProject) changes.mayChangeOwners("/");
  },
};
