import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { serve } from "./server.ts";

/** The language server as a process: `--stdio`, `--node-ipc`, `--socket=` and `--pipe=` as every editor knows them. */
serve(createConnection(ProposedFeatures.all));
