// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are placeholders of the LSP snippet syntax.

import type { KnownValue } from "./flags.ts";

/**
 * Fields of `RUN --mount=…`, in our own words. Names and defaults after the Dockerfile reference and
 * frontend/dockerfile/instructions/commands_runmount.go of moby/buildkit, read 2026-11.
 */
export interface MountField {
  readonly name: string;
  /** Other spellings that BuildKit takes. */
  readonly otherNames: readonly string[];
  readonly summary: string;
  /** Undefined for a field that is complete without `=`. */
  readonly placeholder: string | undefined;
  readonly known: readonly KnownValue[];
}

export interface MountType {
  readonly type: string;
  readonly summary: string;
  /** What completion writes behind `--mount=`, with snippet placeholders. */
  readonly template: string;
  readonly fields: readonly MountField[];
}

const field = (
  name: string,
  summary: string,
  placeholder?: string,
  more: { readonly otherNames?: readonly string[]; readonly known?: readonly KnownValue[] } = {},
): MountField => ({ name, summary, placeholder, otherNames: more.otherNames ?? [], known: more.known ?? [] });

const target = field("target", "Where it appears in the container.", "/path", {
  otherNames: ["dst", "destination"],
});
const source = field("source", "Path inside `from`; its root when not given.", "path", {
  otherNames: ["src"],
});
const from = field("from", "Stage, image or named context that the files come from.", "stage");
const mode = field("mode", "Permissions, octal.", "0400");
const uid = field("uid", "Owner's user id; 0 when not given.", "0");
const gid = field("gid", "Owner's group id; 0 when not given.", "0");
const readonly = field("readonly", "Refuses writes.", undefined, { otherNames: ["ro"] });
const readwrite = field("rw", "Allows writes; what is written is thrown away.", undefined, {
  otherNames: ["readwrite"],
});
const required = field("required", "Fails the build when it was not handed in, instead of going on without.");

export const mountTypes: readonly MountType[] = [
  {
    type: "bind",
    summary:
      "Shows files of the build context or of another stage without copying them into a layer. The default type.",
    template: "type=bind,source=${1:.},target=${2:/src}",
    fields: [target, source, from, readwrite],
  },
  {
    type: "cache",
    summary:
      "A folder that is kept on the build machine from one build to the next and never becomes part of the image: module and package caches.",
    template: "type=cache,target=${1:/root/.cache}",
    fields: [
      target,
      field("id", "Name that tells caches apart; the target's path when not given.", "name"),
      field("sharing", "What happens when two builds want it at once.", "locked", {
        known: [
          { value: "shared", summary: "Both use it, the default. The program has to cope with that." },
          { value: "locked", summary: "The second waits for the first: right for apt." },
          { value: "private", summary: "The second gets a new folder of its own." },
        ],
      }),
      readonly,
      from,
      source,
      mode,
      uid,
      gid,
    ],
  },
  {
    type: "secret",
    summary:
      "A secret that was handed to the build (`docker build --secret id=…`), as a file or as a variable, for this command only. It is in no layer and in no history.",
    template: "type=secret,id=${1:token}",
    fields: [
      field("id", "Name under which it was handed to the build.", "token"),
      field(
        "target",
        "File that holds it; `/run/secrets/<id>` when neither this nor `env` is given.",
        "/run/secrets/token",
        {
          otherNames: ["dst", "destination"],
        },
      ),
      field("env", "Variable that holds it.", "TOKEN"),
      required,
      mode,
      uid,
      gid,
    ],
  },
  {
    type: "ssh",
    summary: "Lets the command use the SSH agent of whoever builds (`docker build --ssh default`).",
    template: "type=ssh",
    fields: [
      field("id", "Name of the agent; `default` when not given.", "default"),
      field("target", "Path of the agent's socket.", "/run/buildkit/ssh_agent.0", {
        otherNames: ["dst", "destination"],
      }),
      required,
      mode,
      uid,
      gid,
    ],
  },
  {
    type: "tmpfs",
    summary: "An empty folder in memory.",
    template: "type=tmpfs,target=${1:/tmp}",
    fields: [target, field("size", "Largest size, in bytes.", "67108864")],
  },
];
