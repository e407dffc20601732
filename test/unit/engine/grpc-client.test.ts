import { createServer } from "node:http2";
import { duplexPair } from "node:stream";
import { expect, test } from "vitest";
import { GrpcCallError, grpcClient } from "../../../client/src/engine/buildkit/grpc-client.ts";

/** What a call comes to whose server ends it with this status and message. */
async function callEndedWith(status: string, message: string): Promise<unknown> {
  const [ours, theirs] = duplexPair();
  const server = createServer();
  server.on("stream", (stream) => {
    stream.on("wantTrailers", () => stream.sendTrailers({ "grpc-status": status, "grpc-message": message }));
    stream.respond({ ":status": 200 }, { waitForTrailers: true });
    stream.end();
  });
  server.emit("connection", theirs);
  const client = grpcClient(ours);
  try {
    return await client.call("/a/b", new Uint8Array()).next();
  } catch (error) {
    return error;
  } finally {
    client.close();
  }
}

test("a call that failed says why, with its percent signs read", async () => {
  expect(await callEndedWith("2", "no%20such%20stage")).toEqual(new GrpcCallError("no such stage"));
});

test("what is not encoded as the protocol says is told as it came", async () => {
  expect(await callEndedWith("2", "disk 100% full")).toEqual(new GrpcCallError("disk 100% full"));
});

test("a call that went well has no error", async () => {
  expect(await callEndedWith("0", "")).toEqual({ done: true, value: undefined });
});
