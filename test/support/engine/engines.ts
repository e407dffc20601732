import { afterAll, beforeAll } from "vitest";
import { connect } from "../../../client/src/engine/connect.ts";
import type { Engine } from "../../../client/src/engine/engine.ts";
import { containerdEngine, type RealEngine, realEngine } from "./engine.ts";

/** A real engine, and Plimsoll's connection to it. */
export interface ConnectedEngine {
  readonly real: RealEngine;
  readonly engine: Engine;
}

export const imageStores = ["graph", "containerd"] as const;

/** For the suite that calls it: an engine with this image store, up before its tests and gone after them. */
export function engineWithStore(store: (typeof imageStores)[number]): ConnectedEngine {
  let connected: ConnectedEngine | undefined;
  let stop = async () => {};
  beforeAll(async () => {
    const real = store === "graph" ? realEngine() : await own();
    connected = { real, engine: await connect({ address: real.dockerHost }) };
  });
  async function own(): Promise<RealEngine> {
    const engine = await containerdEngine();
    stop = () => engine.stop();
    return engine;
  }
  afterAll(() => stop());
  const up = () => {
    if (!connected) throw new Error("The engine is up in tests and hooks only.");
    return connected;
  };
  return {
    get real() {
      return up().real;
    },
    get engine() {
      return up().engine;
    },
  };
}
