import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import test from "node:test";
import { appSecretProof, escapedJson, hubSignature, legacyHubSignature, signedRequest } from "./signature.mjs";

const golden = JSON.parse(readFileSync(new URL("signature.golden.json", import.meta.url), "utf8"));
const SIGN = { "X-Hub-Signature-256": hubSignature, "X-Hub-Signature": legacyHubSignature };

/** More of the same beside the repository, where somebody collected them. */
const COLLECTED = new URL("../../../shared/vectors/", import.meta.url);
const collected = (name) => (existsSync(COLLECTED) ? JSON.parse(readFileSync(new URL(name, COLLECTED), "utf8")).vectors : []);

test("signs like the published examples", () => {
  const valid = collected("sig_meta_hub.json").filter((vector) => vector.expect_valid === true);
  const more = valid.flatMap(({ headers, ...vector }) => Object.entries(headers).map(([header, expected]) => ({ ...vector, header, expected })));
  for (const { app_secret, body_base64, header, expected } of [...golden.hub, ...more]) {
    assert.equal(SIGN[header](app_secret, Buffer.from(body_base64, "base64")), expected);
  }
});

test("escapes like the published examples", () => {
  const bodies = collected("sig_meta_hub.json").filter((vector) => vector.id === "hub256-escaped-unicode-raw-bytes");
  const more = bodies.map(({ body_utf8 }) => ({ value: JSON.parse(body_utf8), expected: body_utf8 }));
  for (const { value, expected } of [...golden.escaped, ...more]) assert.equal(escapedJson(value), expected);
});

test("proves a token like the published examples", () => {
  const more = collected("sig_meta_appsecret_proof.json").map((vector) => ({ ...vector, expected: vector.expect_appsecret_proof }));
  for (const { app_secret, access_token, expected } of [...golden.proof, ...more]) {
    assert.equal(appSecretProof(app_secret, access_token), expected);
  }
});

test("escapes JSON as Meta does", () => {
  const table = [
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
