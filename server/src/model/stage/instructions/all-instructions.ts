import { add } from "./add.ts";
import { arg } from "./arg.ts";
import { cmd } from "./cmd.ts";
import { copy } from "./copy.ts";
import { entrypoint } from "./entrypoint.ts";
import { env } from "./env.ts";
import { expose } from "./expose.ts";
import { healthcheck } from "./healthcheck.ts";
import type { InstructionEffect } from "./instruction-effect.ts";
import { run } from "./run.ts";
import { shell } from "./shell.ts";
import { stopsignal } from "./stopsignal.ts";
import { user } from "./user.ts";
import { volume } from "./volume.ts";
import { workdir } from "./workdir.ts";

/** By the name of the instruction. What is not here (LABEL, ONBUILD …) changes nothing that is asked for. */
export const INSTRUCTIONS: ReadonlyMap<string, InstructionEffect> = new Map(
  [
    add,
    arg,
    cmd,
    copy,
    entrypoint,
    env,
    expose,
    healthcheck,
    run,
    shell,
    stopsignal,
    user,
    volume,
    workdir,
  ].map((it) => [it.name, it]),
);
