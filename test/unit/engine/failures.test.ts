import { describe, expect, test } from "vitest";
import { toEngineError } from "../../../client/src/engine/failures.ts";

const address = "unix:///var/run/docker.sock";
const of = (error: object, signal?: AbortSignal) => toEngineError(error, address, "listing images", signal);
const answer = (statusCode: number, message: string) =>
  of({ statusCode, message: `(HTTP code ${statusCode}) server error - ${message} ` });

describe("an engine that cannot be reached", () => {
  test.each([
    ["ENOENT", "no-socket", /no such socket.*DOCKER_HOST/],
    ["EACCES", "permission-denied", /usermod -aG docker/],
    ["ECONNREFUSED", "refused", /Start the Docker Engine/],
    ["ENOTFOUND", "other", /not known/],
    ["ETIMEDOUT", "other", /does not answer/],
    ["ECONNRESET", "other", /broke off while listing images/],
    ["EWHATEVER", "other", /cannot be asked/],
  ])("%s", (code, cause, message) => {
    const error = of({ code, message: "raw" });
    expect(error.failure).toEqual({ kind: "unreachable", address, cause, detail: "raw" });
    expect(error.message).toMatch(message);
  });
});

describe("certificates", () => {
  test.each([
    ["SELF_SIGNED_CERT_IN_CHAIN", "self-signed", /not signed by the authority/],
    ["DEPTH_ZERO_SELF_SIGNED_CERT", "self-signed", /not signed by the authority/],
    ["CERT_HAS_EXPIRED", "expired", /has expired/],
    ["CERT_NOT_YET_VALID", "not yet", /Check the clocks/],
    [
      "ERR_TLS_CERT_ALTNAME_INVALID",
      "Hostname/IP does not match certificate's altnames: Host: a. is not in the cert's altnames: DNS:b",
      /another name.*DNS:b\)\.$/,
    ],
    ["ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED", "x", /does not accept your certificate/],
    ["ERR_SSL_TLSV1_ALERT_UNKNOWN_CA", "x", /does not accept your certificate/],
    ["ERR_OSSL_X509_KEY_VALUES_MISMATCH", "key values mismatch", /Check ca\.pem, cert\.pem and key\.pem/],
    [
      "EPROTO",
      "write EPROTO 40:error:0A00010B:SSL routines:tls_get_more:wrong version number:../x.c:1:",
      /does not speak TLS/,
    ],
    [
      "EPROTO",
      "write EPROTO 40:error:0A000412:SSL routines:x:tlsv1 alert bad certificate:../x.c:1:",
      /does not accept your certificate/,
    ],
    ["EPROTO", "something else", /cannot be asked while listing images/],
  ])("%s", (code, message, sentence) => {
    expect(of({ code, message }).message).toMatch(sentence);
    expect(of({ code, message }).failure).toMatchObject({ kind: "unreachable", cause: "other" });
  });
});

test("cancelled, whatever the error then looks like", () => {
  const control = new AbortController();
  control.abort();
  expect(of({ code: "ECONNRESET" }, control.signal).failure.kind).toBe("cancelled");
  expect(of({ name: "AbortError", code: "ABORT_ERR" }).failure.kind).toBe("cancelled");
});

describe("an engine that refuses", () => {
  test("not found", () => {
    expect(answer(404, "No such image: x").failure).toEqual({ kind: "not-found", what: "No such image: x" });
  });

  test.each([
    "driver failed programming external connectivity on endpoint x (abc): Bind for 127.0.0.1:8080 failed: port is already allocated",
    "failed to set up container networking: driver failed programming external connectivity on endpoint x: failed to bind host port for 127.0.0.1:8080:172.17.0.2:8080/tcp: address already in use",
    "Error starting userland proxy: listen tcp4 127.0.0.1:8080: bind: address already in use",
  ])("a port in use: %s", (message) => {
    expect(answer(500, message).failure.kind).toBe("conflict");
    expect(answer(500, message).message).toMatch(/^Port 8080 of this machine is already in use/);
  });

  test("a full disk", () => {
    expect(answer(500, "write /x: no space left on device").message).toMatch(/disk is full/);
  });

  test("anything else in its own words", () => {
    expect(answer(500, "something odd").message).toBe(
      "The engine refused while listing images: something odd.",
    );
    expect(of(new Error("what?")).message).toMatch(/failed while listing images: what\?/);
  });
});
