// Node's fetch meets a function URL that streams: pieces as they come, uploads of pieces, requests that are given up,
// and the preflight of a page on another origin.
// Usage: node serve.mjs URL; the function is `streamer`, which waits for a file.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const [url] = process.argv.slice(2);
const directory = mkdtempSync(join(tmpdir(), "serve-"));
let files = 0;

/** A file that is not there yet, and what makes it. */
function awaited() {
  const name = join(directory, `go-${files++}`);
  return { name, go: (text = "go") => writeFileSync(name, text) };
}

function ask(name, more = {}) {
  return fetch(url, { method: "POST", body: name, headers: { "content-type": "text/plain" }, ...more });
}

async function streams() {
  const { name, go } = awaited();
  const answer = await ask(name);
  assert.deepEqual([answer.status, answer.headers.get("x-kind")], [418, "streamed"]);
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  assert.equal((await reader.read()).value, "first;"); // The second piece is not made yet.
  go();
  assert.equal((await reader.read()).value, "second");
  assert.equal((await reader.read()).done, true);
}

async function uploadsInPieces() {
  const { name, go } = awaited();
  go();
  const half = Math.floor(name.length / 2);
  const body = ReadableStream.from([name.slice(0, half), name.slice(half)]).pipeThrough(new TextEncoderStream());
  const answer = await ask(body, { duplex: "half" });
  assert.equal(await answer.text(), "first;second");
}

async function breaksOff() {
  const { name, go } = awaited();
  const answer = await ask(name);
  go("fail");
  await assert.rejects(answer.text());
}

async function gives(up) {
  const { name, go } = awaited();
  const controller = new AbortController();
  const answer = await ask(name, { signal: controller.signal });
  controller.abort();
  await assert.rejects(answer.text(), { name: "AbortError" });
  if (up) go();
}

async function preflights() {
  const headers = { origin: "https://page.example", "access-control-request-method": "POST", "access-control-request-headers": "x-own" };
  const asked = await fetch(url, { method: "OPTIONS", headers });
  const allowed = ["origin", "methods", "headers"].map((name) => asked.headers.get(`access-control-allow-${name}`));
  assert.deepEqual([asked.ok, ...allowed], [true, "https://page.example", "POST", "x-own"]);
  const other = await fetch(url, { method: "OPTIONS", headers: { ...headers, origin: "https://other.example" } });
  assert.equal(other.headers.get("access-control-allow-origin"), null);
  const { name, go } = awaited();
  go();
  const answer = await ask(name, { headers: { origin: "https://page.example", "x-own": "1", "content-type": "text/plain" } });
  assert.equal(answer.headers.get("access-control-allow-origin"), "https://page.example");
  await answer.text();
}

try {
  await streams();
  await uploadsInPieces();
  await breaksOff();
  for (let number = 0; number < 20; number++) await gives(true);
  await preflights();
  await Promise.all(Array.from({ length: 20 }, uploadsInPieces));
  await streams();
} finally {
  rmSync(directory, { recursive: true });
}
