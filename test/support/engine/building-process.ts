/** One build in a process of its own, see `build-elsewhere.ts`: told what on the command line, cancelled by its input. */

import type { BuildRequest } from "../../../client/src/engine/build/build-types.ts";
import { connect } from "../../../client/src/engine/connect.ts";
import { failureIn } from "../../../client/src/engine/failures.ts";
import type { ElsewhereResult } from "./build-elsewhere.ts";

const { address, request } = JSON.parse(process.argv[2] ?? "") as {
  readonly address: string;
  readonly request: BuildRequest;
};
const control = new AbortController();
process.stdin.once("data", () => control.abort()).unref();
const events: { kind: string }[] = [];
let failure: ElsewhereResult["failure"];
let message = "";
try {
  const engine = await connect({ address });
  for await (const event of engine.build(request, control.signal))
    if (["context", "log", "finished"].includes(event.kind)) events.push(event);
} catch (error) {
  failure = failureIn(error);
  message = error instanceof Error ? error.message : String(error);
}
const { maxRSS } = process.resourceUsage();
const result = { events, failure, message, mostMemory: maxRSS * 1024 };
process.stdout.write(JSON.stringify(result));
process.stdin.destroy();
