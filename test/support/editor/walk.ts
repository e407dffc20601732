import type { Page } from "playwright-core";
import type { Workbench } from "./workbench.ts";

/** What a walk through the user interface is handed. See test/setup/editor.ts. */
export interface WalkContext {
  readonly page: Page;
  /** The hands of a user; see workbench.ts. */
  readonly workbench: Workbench;
  /** Absolute path of the folder that is open: a fresh copy of `examples/`, which the walk may change. */
  readonly folder: string;
  /** `DOCKER_HOST` of the engine that the extension host sees, e.g. `unix:///tmp/…/docker.sock`. */
  readonly dockerHost: string;
  /** What the extension has asked of the engine, e.g. `GET /info`; only in a VS Code of its own. */
  readonly engineCalls: readonly string[];
  /** One named step; each counts as a test. Throws on, so that the walk ends with its first failure. */
  step(name: string, act: () => Promise<void>): Promise<void>;
  /** Writes `dist/test/shots/NAME.png`; `npm test -- editor --keep-shots` copies them to `docs/images/`. */
  shot(name: string): Promise<void>;
}

export type Walk = (context: WalkContext) => Promise<void>;

/**
 * What a walk needs that the VS Code of the other walks does not have; then it has one of its own. A walk says so with
 * `export const needs: WalkNeeds`.
 */
export interface WalkNeeds {
  /** Folders are not trusted until the user says so. */
  readonly workspaceTrust: boolean;
  /** A further extension, that sees from inside what a user cannot: what its `main` and its manifest's `contributes` are. */
  readonly extension: { readonly main: string; readonly contributes: object };
}
