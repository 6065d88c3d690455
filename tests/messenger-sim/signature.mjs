// What Meta signs and how: webhook bodies, app secret proofs and data deletion requests.
// Source: developers.facebook.com, "Webhooks: getting started" and "Securing Graph API requests".
import { createHmac, timingSafeEqual } from "node:crypto";

/** JSON as Meta puts it on the wire: ASCII only (`\uXXXX`, lowercase hex) and `/` escaped as `\/`. */
export function escapedJson(value) {
  return JSON.stringify(value)
    .replaceAll("/", "\\/")
    .replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** Value of `X-Hub-Signature-256` for the exact bytes of a body. */
export function hubSignature(appSecret, bytes) {
  return `sha256=${createHmac("sha256", appSecret).update(bytes).digest("hex")}`;
}

/** Value of the legacy `X-Hub-Signature`, which Meta still sends and nobody should accept alone. */
export function legacyHubSignature(appSecret, bytes) {
  return `sha1=${createHmac("sha1", appSecret).update(bytes).digest("hex")}`;
}

/** `appsecret_proof` of an access token. */
export function appSecretProof(appSecret, accessToken) {
  return createHmac("sha256", appSecret).update(accessToken).digest("hex");
}

/** `signed_request` of the data deletion and deauthorize callbacks. The signature covers the encoded payload text. */
export function signedRequest(appSecret, payload) {
  const encoded = Buffer.from(JSON.stringify({ algorithm: "HMAC-SHA256", ...payload })).toString("base64url");
  return `${createHmac("sha256", appSecret).update(encoded).digest("base64url")}.${encoded}`;
}

/** Constant-time equality of two short texts. */
export function sameText(left, right) {
  const [a, b] = [Buffer.from(String(left)), Buffer.from(String(right))];
  return a.length === b.length && timingSafeEqual(a, b);
}
