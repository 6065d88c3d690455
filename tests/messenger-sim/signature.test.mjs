import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import test from "node:test";
import { appSecretProof, escapedJson, hubSignature, legacyHubSignature, signedRequest } from "./signature.mjs";

const VECTORS = new URL("../../../shared/vectors/", import.meta.url);
const missing = existsSync(VECTORS) ? false : `no vectors at ${VECTORS.pathname}`;
const vectors = (name) => JSON.parse(readFileSync(new URL(name, VECTORS), "utf8")).vectors;

// A published example of the scheme: docs.github.com, "Validating webhook deliveries".
test("signs like the published example", () => {
  const signature = hubSignature("It's a Secret to Everybody", Buffer.from("Hello, World!"));
  assert.equal(signature, "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17");
});

test("signs like the collected vectors", { skip: missing }, () => {
  const signed = vectors("sig_meta_hub.json").filter((vector) => vector.expect_valid === true);
  assert.ok(signed.length >= 2);
  for (const { app_secret, body_base64, headers } of signed) {
    assert.equal(hubSignature(app_secret, Buffer.from(body_base64, "base64")), headers["X-Hub-Signature-256"]);
  }
});

test("signs the legacy header like the collected vector", { skip: missing }, () => {
  const legacy = vectors("sig_meta_hub.json").find((vector) => vector.headers["X-Hub-Signature"]);
  const bytes = Buffer.from(legacy.body_base64, "base64");
  assert.equal(legacyHubSignature(legacy.app_secret, bytes), legacy.headers["X-Hub-Signature"]);
});

test("escapes like the collected vector, byte for byte", { skip: missing }, () => {
  const escaped = vectors("sig_meta_hub.json").find((vector) => vector.id === "hub256-escaped-unicode-raw-bytes");
  assert.equal(escapedJson(JSON.parse(escaped.body_utf8)), escaped.body_utf8);
});

test("proves a token like the collected vectors", { skip: missing }, () => {
  for (const { app_secret, access_token, expect_appsecret_proof } of vectors("sig_meta_appsecret_proof.json")) {
    assert.equal(appSecretProof(app_secret, access_token), expect_appsecret_proof);
  }
});

test("escapes JSON as Meta does", () => {
  const table = [
    ["äöå", '"\\u00e4\\u00f6\\u00e5"'],
    ["😀", '"\\ud83d\\ude00"'],
    ["a/b", '"a\\/b"'],
    ["\u2028", '"\\u2028"'],
    ["\ud83d", '"\\ud83d"'],
    ['"\\', '"\\"\\\\"'],
    ["\n\u0000", '"\\n\\u0000"'],
    ["\u007f", '"\\u007f"'],
  ];
  for (const [value, expected] of table) assert.equal(escapedJson(value), expected);
});

test("escaping changes no value", () => {
  const value = { text: "Grüße / 😀 \u007f", list: ["a/b", 1, null], "clé/é": true };
  assert.deepEqual(JSON.parse(escapedJson(value)), value);
  assert.match(escapedJson(value), /^[\u0020-\u007e]*$/);
});

test("a signed request is signature, dot, payload", () => {
  const [signature, payload] = signedRequest("secret", { user_id: "218471" }).split(".");
  assert.deepEqual(JSON.parse(Buffer.from(payload, "base64url")), { algorithm: "HMAC-SHA256", user_id: "218471" });
  assert.equal(signature, Buffer.from(hubSignature("secret", payload).slice(7), "hex").toString("base64url"));
});
