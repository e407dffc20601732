import { connect } from "../../../client/src/engine/connect.ts";
import type { Engine } from "../../../client/src/engine/engine.ts";
import { type RealEngine, realEngine } from "./engine.ts";
import { engineProxy, type Passage } from "./engine-proxy.ts";

/** The real engine, which has the classic builder too, says that it is of API 1.39. `handle` sees every call before that. */
export async function engineWithoutBuildKit(handle?: (passage: Passage) => boolean): Promise<Engine> {
  return connect({ address: await oldEngineAddress(handle) });
}

/** Where that engine listens, until the test is over. */
export async function oldEngineAddress(
  handle: (passage: Passage) => boolean = () => false,
  { docker, dockerHost }: RealEngine = realEngine(),
): Promise<string> {
  const server = JSON.parse(await docker("version", "--format", "{{json .Server}}"));
  return engineProxy(dockerHost, (passage) => {
    if (handle(passage)) return true;
    if (passage.call !== "GET /version") return false;
    passage.answer(200, JSON.stringify({ ...server, ApiVersion: "1.39" }));
    return true;
  });
}
