/**
 * What is wrong between the certificates of both sides, as a sentence; undefined when `code` is no error of TLS. Codes are those
 * of Node 20 to 24 and OpenSSL 3; `detail` is Node's own message.
 */
export function tlsFailure(code: string, address: string, detail: string): string | undefined {
  // Node 20 to 24 may put all that OpenSSL says under one code.
  const reason = code === "EPROTO" ? sslReason(detail) : code;
  switch (reason) {
    case "UNABLE_TO_VERIFY_LEAF_SIGNATURE":
    case "UNABLE_TO_GET_ISSUER_CERT":
    case "UNABLE_TO_GET_ISSUER_CERT_LOCALLY":
    case "SELF_SIGNED_CERT_IN_CHAIN":
    case "DEPTH_ZERO_SELF_SIGNED_CERT":
    case "CERT_SIGNATURE_FAILURE":
    case "CERT_UNTRUSTED":
      return `The certificate of ${address} was not signed by the authority that you trust for it. Put the right ca.pem into the Docker context (“docker context update”) or DOCKER_CERT_PATH; if the authority is right, somebody else may be answering.`;
    case "CERT_HAS_EXPIRED":
      return `The certificate of ${address} has expired. Have it renewed there, and check this machine's clock.`;
    case "CERT_NOT_YET_VALID":
      return `The certificate of ${address} is not valid yet. Check the clocks of both machines.`;
    case "ERR_TLS_CERT_ALTNAME_INVALID":
      return `The certificate of ${address} is for another name. Use a name in the address that it was made for, or have it made for this one (${detail.replace(/^.*?altnames: /, "").replace(/[:.\s]+$/, "")}).`;
    case "ERR_SSL_WRONG_VERSION_NUMBER":
    case "ERR_SSL_PACKET_LENGTH_TOO_LONG":
      return `${address} does not speak TLS. Use the port that does (2376 as a rule), or leave the certificates out: take DOCKER_TLS_VERIFY away, or use a context without them.`;
  }
  if (/^ERR_SSL_.*(?:CERTIFICATE|UNKNOWN_CA|HANDSHAKE_FAILURE|ACCESS_DENIED)/.test(reason))
    return `${address} does not accept your certificate. Put the cert.pem and key.pem that its authority signed into the Docker context (“docker context update”) or DOCKER_CERT_PATH.`;
  if (/^(?:ERR_SSL|ERR_TLS|ERR_OSSL|ERR_CRYPTO)/.test(reason))
    return `No secure connection to ${address}: ${detail}. Check ca.pem, cert.pem and key.pem of the Docker context or of DOCKER_CERT_PATH.`;
  return undefined;
}

/** `…:SSL routines:tls_validate_record_header:wrong version number:…` becomes `ERR_SSL_WRONG_VERSION_NUMBER`. */
function sslReason(detail: string): string {
  const reason = /:SSL routines:[^:]*:([^:]+):/.exec(detail)?.[1];
  return reason === undefined ? "EPROTO" : `ERR_SSL_${reason.toUpperCase().replaceAll(" ", "_")}`;
}
