import { type Known, known, notKnown, type Reason } from "../../known.ts";
import type { Changes } from "../contents/changes.ts";
import type { ImageReference } from "../stage.ts";
import type { Binary } from "../state.ts";
import type { Call } from "./command-family.ts";
import type { GoBuild } from "./go.ts";
import { goVariable } from "./go-settings.ts";
import { type GoPackages, goImports } from "./go-sources.ts";

type Linkage = Binary["linkage"] extends Known<infer Value> ? Value : never;

/**
 * How `go build` links what it makes. Go links statically unless cgo is on and the program uses `net` or `os/user`
 * (or C of its own). Cgo is on where CGO_ENABLED is not 0, a C compiler is there (since Go 1.20 it is off without),
 * and nothing is compiled for another platform (cmd/cgo, go help environment; read 2026-11-20).
 */
export function goLinkage(
  call: Call,
  build: GoBuild,
  packages: GoPackages | undefined,
  changes: Changes,
): Binary["linkage"] {
  const reason = changes.reason;
  const say = (message: string): Reason => ({ ...reason, message });
  const flags = build.options.get("-ldflags");
  const goflags = goVariable(call, "GOFLAGS");
  if (build.options.has("-ldflags") && flags === undefined && mentionsStatic(call))
    return known<Linkage>("static", say("-ldflags link it statically"));
  if (flags !== undefined && /-extldflags[= ]?['"]?.*-static\b/.test(flags))
    return known<Linkage>("static", say("-extldflags=-static links it statically"));
  if (goflags.known && /-extldflags|-linkmode/.test(goflags.value))
    return notKnown(say("GOFLAGS say how it is linked"));

  const enabled = goVariable(call, "CGO_ENABLED");
  if (!enabled.known) return notKnown(...enabled.because);
  if (enabled.value === "0") return known<Linkage>("static", say("CGO_ENABLED=0 links it statically"));
  const forced = enabled.value === "1";
  const crossed = forced ? undefined : crossCompiles(call);
  if (crossed) return notKnown(say(crossed));

  const compiler = goVariable(call, "CC");
  const gcc = changes.now.hasTool(
    compiler.known && compiler.value !== "" ? (compiler.value.split(" ")[0] ?? "gcc") : "gcc",
  );
  if (gcc.is === "unknown") return notKnown(...gcc.because);
  // Up to Go 1.19 the standard library came compiled with cgo, so that net needed the C library all the same.
  if (gcc.is === "no" && isBefore120(call.image))
    return notKnown(say("this Go brings net compiled with cgo"));
  if (gcc.is === "no")
    return known<Linkage>("static", say("without a C compiler cgo is off"), ...gcc.because);

  const tags = [build.options.get("-tags"), goflags.known ? goflags.value : ""].join(" ");
  if (/netgo/.test(tags) && /osusergo/.test(tags))
    return notKnown(say("the tags netgo and osusergo leave the C library out"));
  if (!call.libc.known) return notKnown(...call.libc.because);
  const libc = call.libc.value;
  if (libc === "none") return notKnown(say("the builder has no C library of its own"));

  const uses = goImports(packages);
  if (uses === "nothing")
    return known<Linkage>(
      "static",
      say("the program imports neither net nor os/user, so that nothing of C is linked in"),
    );
  if (uses === "external") return notKnown(say("it is not known whether its dependencies use the network"));
  // Hardly a program that is shipped in an image does neither.
  if (uses === "unknown")
    return known<Linkage>(
      { libc },
      say(`cgo is on here: what uses the network or looks up users is linked against ${libc}`),
    );
  return known<Linkage>(
    { libc },
    say(`cgo is on here and the program imports ${uses}: it is linked against ${libc}`),
  );
}

function isBefore120(image: ImageReference | undefined): boolean {
  const version = image?.name === "golang" ? /^1\.(\d+)/.exec(image.tag ?? "")?.[1] : undefined;
  return version !== undefined && Number(version) < 20;
}

function mentionsStatic(call: Call): boolean {
  return call.arguments.some((it) => /-extldflags.*-static\b/.test(it.raw));
}

/** For another platform cgo is off; which one the builder runs on is not known. */
function crossCompiles(call: Call): string | undefined {
  const os = goVariable(call, "GOOS");
  const arch = goVariable(call, "GOARCH");
  if (os.known && os.value !== "" && os.value !== "linux") return `GOOS=${os.value} turns cgo off`;
  // Without another --platform, TARGETARCH is the builder's own: cgo stays on.
  if (!arch.known)
    return arch.because.some((it) => /TARGETARCH/.test(it.message))
      ? undefined
      : "it is not known what GOARCH is";
  return arch.value === "" ? undefined : `GOARCH=${arch.value} turns cgo off on any other machine`;
}
