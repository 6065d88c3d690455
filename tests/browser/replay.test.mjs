// Recorded pages, replayed through the built sensors in a browser and through the same code natively: the moments are the same.
import assert from "node:assert/strict";
import { test } from "node:test";
import { agreement } from "../replay/agreement.mjs";
import { openChromium } from "../replay/browsers.mjs";
import { momentsOf } from "../replay/lab.mjs";
import { replayIn } from "../replay/stage.mjs";
import { ownRecordings } from "../replay/traces.mjs";

test("a browser comes to the moments that the replay comes to", async () => {
  const recordings = ownRecordings();
  const expected = await momentsOf(recordings.traces);
  assert.ok(Object.values(expected).filter((moments) => moments.length > 0).length > recordings.traces.length / 3, "moments to compare");
  const { noticed } = await replayIn(openChromium, recordings.traces);
  assert.deepEqual(agreement(recordings, expected, noticed).off, []);
});
