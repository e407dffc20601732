import {
  type CancellationToken,
  LSPErrorCodes,
  type RemoteConsole,
  ResponseError,
} from "vscode-languageserver/node";

type Handler<P, R> = (params: P, token: CancellationToken) => Promise<R | ResponseError<never>>;

/**
 * Every request goes through here: the one place where an exception ends. It is logged with the request's name, and the
 * editor gets `empty`, so a bug costs one answer and never the server. A request that was cancelled meanwhile is answered
 * as cancelled, whatever was computed.
 */
export function guarded<P, R>(
  console: RemoteConsole,
  name: string,
  empty: R,
  run: (params: P, token: CancellationToken) => R | Promise<R>,
): Handler<P, R> {
  return async (params, token) => {
    // Lets what is already in the pipe arrive first: a cancellation, or the edit that makes this question old.
    await new Promise((resolve) => setImmediate(resolve));
    if (token.isCancellationRequested) return cancelled();
    try {
      const result = await run(params, token);
      return token.isCancellationRequested ? cancelled() : result;
    } catch (error) {
      if (error instanceof ResponseError) return error as ResponseError<never>;
      console.error(`${name}: ${error instanceof Error ? error.stack : String(error)}`);
      return empty;
    }
  };
}

function cancelled(): ResponseError<never> {
  return new ResponseError(LSPErrorCodes.RequestCancelled, "Cancelled.");
}

/** Thrown when a document changed while its answer was made: the client asks again by itself. */
export function contentModified(): ResponseError<never> {
  return new ResponseError(LSPErrorCodes.ContentModified, "The document has changed.");
}
