// The same flags are given to curl and to `apigw invoke --url`: one recording server must receive the same
// requests, and what both write into files and to standard output must be the same.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import http from "node:http";
import http2 from "node:http2";
import net from "node:net";
import https from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import zlib from "node:zlib";

const apigw = process.env.APIGW;
const directory = mkdtempSync(join(tmpdir(), "apigw-curl-"));
let failures = 0;
let checks = 0;

// The received requests of a run, and what it printed.
const received = [];
let tries = 0;

function answer(request, response) {
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    const headers = Object.fromEntries(
      Object.entries(request.headers)
        // What each program says of itself, and what follows from the body or the version.
        .filter(([name]) => !["user-agent", "connection", "proxy-connection", "expect", "accept-encoding"].includes(name) && !name.startsWith(":"))
        // Each program makes its own boundary.
        .map(([name, value]) => [name, String(value).replace(/boundary=.*/, "boundary=B")]),
    );
    delete headers["content-length"];
    const sorted = () => Object.fromEntries(Object.entries(headers).sort());
    const agent = request.headers["user-agent"] ?? "none";
    headers["user-agent"] = /^(curl|apigw)\//.test(agent) ? "own" : agent;
    const boundary = /boundary=(.*)/.exec(request.headers["content-type"] ?? "")?.[1];
    let body = Buffer.concat(chunks).toString("latin1");
    if (boundary) body = body.replaceAll(boundary, "B");
    const peer = request.socket.getPeerCertificate?.()?.subject?.CN;
    // Cookies of equally long paths stand in any order, and escapes in either case.
    if (headers.cookie) headers.cookie = headers.cookie.split(/; */).sort().join("; ");
    const target = request.url.replace(/%[0-9a-f]{2}/g, (escape) => escape.toUpperCase());
    received.push({ method: request.method, target, version: request.httpVersion, headers: sorted(), body, peer });
    reply(request, response);
  });
}

function reply(request, response) {
  const url = new URL(request.url, "http://host");
  const to = url.searchParams.get("to");
  const cookies = url.searchParams.getAll("cookie");
  if (cookies.length > 0) response.setHeader("Set-Cookie", cookies);
  response.setHeader("Content-Type", "text/plain");
  if (url.pathname === "/redirect") {
    response.writeHead(Number(url.searchParams.get("status") ?? 302), { Location: to });
    return response.end("elsewhere\n");
  }
  if (url.pathname === "/flaky") {
    tries += 1;
    response.writeHead(tries % 3 === 0 ? 200 : 503, tries % 3 === 1 ? { "Retry-After": "1" } : {});
    return response.end("flaky\n");
  }
  const packed = { gzip: zlib.gzipSync, deflate: zlib.deflateSync, br: zlib.brotliCompressSync }[url.pathname.slice(1)];
  if (packed) {
    response.writeHead(200, { "Content-Encoding": url.pathname.slice(1) });
    return response.end(packed("unpacked\n"));
  }
  response.writeHead(Number(url.searchParams.get("status") ?? 200), { "X-Answer": "yes" });
  response.end("hello\n");
}

const listen = (server) => new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server.address().port)));

// A CA, a server's certificate for localhost and api.example, and a client's.
function certificates() {
  const openssl = (...args) => execFileSync("openssl", args, { cwd: directory, stdio: "pipe" });
  const key = ["-newkey", "rsa:2048", "-nodes"];
  openssl("req", "-x509", ...key, "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=Test CA", "-days", "2");
  for (const [name, alternative] of [["server", "subjectAltName=DNS:localhost,DNS:api.example"], ["client", "subjectAltName=DNS:client"]]) {
    openssl("req", ...key, "-keyout", `${name}.key`, "-out", `${name}.csr`, "-subj", `/CN=${name}`);
    writeFileSync(join(directory, `${name}.ext`), alternative);
    openssl("x509", "-req", "-in", `${name}.csr`, "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2",
      "-out", `${name}.pem`, "-extfile", `${name}.ext`);
  }
  const read = (name) => readFileSync(join(directory, name));
  writeFileSync(join(directory, "both.pem"), Buffer.concat([read("client.pem"), read("client.key")]));
  return { key: read("server.key"), cert: read("server.pem"), ca: read("ca.pem") };
}

// A proxy that tunnels and forwards, and tells that it was there.
const proxied = [];
function proxy() {
  const server = http.createServer((request, response) => {
    proxied.push(request.url);
    const url = new URL(request.url);
    const onward = http.request(url, { method: request.method, headers: request.headers }, (incoming) => {
      response.writeHead(incoming.statusCode, incoming.headers);
      incoming.pipe(response);
    });
    request.pipe(onward);
  });
  server.on("connect", (request, socket) => {
    proxied.push(request.url);
    const [, port] = request.url.split(":");
    const onward = net.connect(Number(port), "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      onward.pipe(socket);
      socket.pipe(onward);
    });
    onward.on("error", () => socket.destroy());
    socket.on("error", () => onward.destroy());
  });
  return server;
}

// SOCKS5 without authentication.
function socks() {
  return net.createServer((socket) => {
    socket.on("error", () => {});
    socket.once("data", () => {
      socket.write(Buffer.from([5, 0]));
      socket.once("data", (data) => {
        proxied.push("socks");
        const onward = net.connect(data.readUInt16BE(data.length - 2), "127.0.0.1", () => {
          socket.write(Buffer.from([5, 0, 0, 1, 127, 0, 0, 1, 0, 0]));
          onward.pipe(socket);
          socket.pipe(onward);
        });
        onward.on("error", () => socket.destroy());
      });
    });
  });
}

function run(program, words, input) {
  return new Promise((resolve) => {
    const env = { PATH: process.env.PATH };
    const child = spawn(program, words, { cwd: directory, env, stdio: ["pipe", "pipe", "pipe"] });
    const out = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"]) child[name].on("data", (chunk) => (out[name] += chunk.toString("latin1")));
    child.on("close", (code) => resolve({ ...out, code }));
    child.stdin.on("error", () => {});
    child.stdin.end(input ?? "");
  });
}

async function both(url, words, { input, files = [], failing = false } = {}) {
  const results = [];
  for (const [program, before] of [["curl", ["-sS"]], [apigw, ["invoke"]]]) {
    received.length = proxied.length = 0;
    tries = 0;
    for (const file of files) rmSync(join(directory, file), { force: true });
    const place = program === "curl" ? [url] : ["--url", url];
    const ran = await run(program, [...before, ...words, ...place], input);
    const written = files.map((file) => {
      try {
        return readFileSync(join(directory, file), "latin1").replace(/^# .*\n/gm, "").replace(/^(date|connection|keep-alive|transfer-encoding):.*\r\n/gim, "").toLowerCase().split(/(?<=\n)/).sort();
      } catch {
        return null;
      }
    });
    results.push({
      requests: structuredClone(received),
      proxied: proxied.length > 0,
      written,
      stdout: ran.stdout.replace(/^(date|connection|keep-alive|transfer-encoding):.*\r\n/gim, "").toLowerCase(),
      failed: ran.code !== 0,
      words: ran.stderr,
    });
  }
  checks += 1;
  const [theirs, ours] = results.map(({ words: _, ...rest }) => JSON.stringify(rest, null, 1));
  if (theirs !== ours || results[0].failed !== failing) {
    failures += 1;
    console.error(`DIFFERS: ${words.join(" ")} ${url}\n--- curl\n${theirs}\n${results[0].words}\n--- apigw\n${ours}\n${results[1].words}`);
  }
}

const tls = certificates();
const plain = http.createServer(answer);
const secure = https.createServer({ ...tls, requestCert: true, rejectUnauthorized: false }, answer);
const second = http2.createSecureServer({ ...tls, allowHTTP1: true }, answer);
const atOnce = http2.createServer(answer);
const [through, around] = [proxy(), socks()];
const other = http.createServer(answer);
const ports = {};
for (const [name, server] of Object.entries({ plain, secure, second, atOnce, through, around, other })) ports[name] = await listen(server);
const base = `http://127.0.0.1:${ports.plain}`;
const safe = `https://localhost:${ports.secure}`;
writeFileSync(join(directory, "lines.txt"), "one\r\ntwo\n");
writeFileSync(join(directory, "data.json"), '{\n  "a": 1\n}\n');
writeFileSync(join(directory, "heads.txt"), "X-One: 1\nX-Two;\n\nUser-Agent:\n");
writeFileSync(join(directory, "cookies.txt"), `127.0.0.1\tFALSE\t/\tFALSE\t0\ta\t1\n127.0.0.1\tFALSE\t/only\tFALSE\t0\tb\t2\n#HttpOnly_127.0.0.1\tFALSE\t/\tFALSE\t2000000000\tc\t3\n`);

// The request.
for (const words of [
  [],
  ["-X", "DELETE"],
  ["--request", "PATCH", "-d", "a=1"],
  ["-H", "X-A: 1", "-H", "x-b;", "-H", "Accept: text/html"],
  ["-H", "User-Agent:"],
  ["-H", "@heads.txt"],
  ["-d", "a=1", "-d", "b=2"],
  ["-d", "@lines.txt", "-d", "x"],
  ["-d", "@-"],
  ["-d", ""],
  ["--data-raw", "@lines.txt"],
  ["--data-binary", "@lines.txt"],
  ["--data-binary", "@-"],
  ["--data-urlencode", "plain ü&"],
  ["--data-urlencode", "=a=b c"],
  ["--data-urlencode", "name=a b&c~*'()"],
  ["--data-urlencode", "@lines.txt", "--data-urlencode", "file@lines.txt"],
  ["-d", "a=1", "--data-urlencode", "b= ", "--data-binary", "c=3", "--data-raw", "@d"],
  ["-d", "{}", "-H", "Content-Type: application/json"],
  ["-d", "{}", "-H", "Content-Type:"],
  ["--json", '{"a":1}'],
  ["--json", "@data.json", "--json", "2"],
  ["--json", "{}", "-H", "Accept: text/html", "-X", "PUT"],
  ["-F", "a=1", "-F", "b=two words"],
  ["-F", "file=@lines.txt"],
  ["-F", "file=@lines.txt;type=text/csv;filename=other.csv"],
  ["-F", "text=<lines.txt", "-F", 'json={"a":1};type=application/json'],
  ["--form-string", "a=@b;type=c"],
  ["-F", "p=@-;filename=in.bin;type=application/x"],
  ["-G", "-d", "a=1", "--data-urlencode", "b=ü &"],
  ["-G", "-d", "a=1", "-X", "DELETE"],
  ["--url-query", "a=b c", "--url-query", "+raw=1", "--url-query", "x@lines.txt"],
  ["-u", "ada:secret"],
  ["-u", "ada:pass:word", "-A", "me/1", "-e", "https://x.example/"],
  ["-A", ""],
  ["-b", "a=1; b=2"],
  ["-b", "a=1", "-b", "c=3"],
  ["-b", "a=1", "-H", "X: 1"],
  ["-b", "cookies.txt"],
  ["-b", "cookies.txt", "-b", "z=9"],
  ["-m", "5", "--connect-timeout", "2.5"],
  ["--max-time", "5", "--http1.1"],
]) {
  for (const path of ["/p?q=1", "/a%20b/%2F/c"]) await both(base + path, words, { input: "from in\r\nput" });
}
await both(`${base}/a/./b/../c?x=/../y`, []);
await both(`http://ada:se%20cret@127.0.0.1:${ports.plain}/`, []);
await both(`${base}/p`, ["-I"], {});
await both(`${base}/p`, ["-i"], {});

// Redirects: methods, bodies, credentials, counts.
const elsewhere = encodeURIComponent(`http://localhost:${ports.other}/end`);
for (const status of [301, 302, 303, 307, 308]) {
  for (const words of [[], ["-d", "x=1"], ["-X", "PUT", "-d", "x=1"], ["-X", "DELETE"], ["-I"]]) {
    await both(`${base}/redirect?status=${status}&to=/end`, ["-L", ...words]);
  }
}
await both(`${base}/redirect?to=/end`, []);
await both(`${base}/redirect?to=/end`, ["-L", "-i"]);
for (const words of [["-L"], ["--location-trusted"]]) {
  const secrets = ["-u", "a:b", "-H", "Cookie: c=1", "-H", "X-Other: 1"];
  await both(`${base}/redirect?to=${elsewhere}`, [...words, ...secrets]);
  await both(`${base}/redirect?to=${elsewhere}`, [...words, "-H", "Authorization: Bearer x"]);
}
const twice = encodeURIComponent("/redirect?to=/end");
await both(`${base}/redirect?to=${twice}`, ["-L", "--max-redirs", "2"]);
await both(`${base}/redirect?to=${twice}`, ["-L", "--max-redirs", "1"], { failing: true });
await both(`${base}/redirect?to=/redirect`, ["-L", "--max-redirs", "-1"]);

// Cookies: kept over redirects, and in a file.
const set = ["a=1", "b=2;Path=/end", "c=3;Path=/other", "d=4;Max-Age=0", "e=5;Domain=example.com", "f=6;HttpOnly", "g=7;Secure"];
const cookies = set.map((cookie) => `cookie=${encodeURIComponent(cookie)}`).join("&");
await both(`${base}/redirect?to=/end&${cookies}`, ["-L", "-b", ""]);
await both(`${base}/redirect?to=/end&${cookies}`, ["-L", "-b", "x=1"]);
await both(`${base}/p?${cookies}`, ["-c", "jar.txt", "-b", "cookies.txt"], { files: ["jar.txt"] });

// Files and words.
const format = "%{http_code} %{response_code} %{num_redirects} %{url_effective} %{content_type} %{size_download} %{method} %{http_version} %{scheme} %{remote_ip} %{redirect_url}|%header{x-answer}|%{num_headers} %{filename_effective}\\n\\t%%";
await both(`${base}/p`, ["-o", "out.txt", "-w", format], { files: ["out.txt"] });
await both(`${base}/dir/name.txt`, ["-O", "-D", "head.txt"], { files: ["name.txt", "head.txt"] });
await both(`${base}/redirect?to=/end`, ["-L", "-D", "head.txt", "-w", "%{num_redirects}"], { files: ["head.txt"] });
await both(`${base}/p`, ["-D", "-", "-o", "out.txt"], { files: ["out.txt"] });
await both(`${base}/p?status=404`, ["-w", "%{http_code}"]);
await both(`${base}/p?status=404`, ["-f", "-o", "out.txt", "-w", "%{http_code}"], { files: ["out.txt"], failing: true });
await both(`${base}/p?status=500`, ["--fail-with-body"], { failing: true });
await both("http://127.0.0.1:1/", ["-o", "out.txt", "-w", "%{http_code}"], { files: ["out.txt"], failing: true });

// Further tries.
await both(`${base}/flaky`, ["--retry", "3", "-o", "out.txt"], { files: ["out.txt"] });
await both(`${base}/flaky`, ["--retry", "1", "--retry-delay", "1", "-w", "%{http_code}", "-o", "out.txt"]);

// Compression.
for (const path of ["/gzip", "/deflate", "/br"]) await both(base + path, ["--compressed"]);
await both(`${base}/gzip`, []);

// TLS, and ways.
const port = ports.secure;
await both(`${safe}/p`, ["--cacert", "ca.pem"]);
await both(`${safe}/p`, [], { failing: true });
await both(`${safe}/p`, ["-k"]);
await both(`https://127.0.0.1:${port}/p`, ["--cacert", "ca.pem"], { failing: true });
await both(`${safe}/p`, ["--cacert", "ca.pem", "--cert", "client.pem", "--key", "client.key"]);
await both(`${safe}/p`, ["--cacert", "ca.pem", "-E", "both.pem"]);
await both(`https://api.example:${port}/p`, ["--cacert", "ca.pem", "--resolve", `api.example:${port}:127.0.0.1`]);
await both(`https://api.example/p`, ["--cacert", "ca.pem", "--connect-to", `api.example:443:127.0.0.1:${port}`]);
await both(`https://api.example/p`, ["--cacert", "ca.pem", "--connect-to", `::localhost:${port}`]);
await both(`http://api.example:81/p`, ["--connect-to", `:81:127.0.0.1:${ports.plain}`]);
await both(`http://api.example:81/p`, ["--connect-to", `:82:127.0.0.1:${ports.plain}`, "--resolve", "api.example:81:127.0.0.1"], { failing: true });

// Versions of HTTP.
await both(`https://localhost:${ports.second}/p`, ["--cacert", "ca.pem", "--http2", "-d", "x=1", "-w", "%{http_version}"]);
await both(`https://localhost:${ports.second}/p`, ["--cacert", "ca.pem", "--http1.1", "-w", "%{http_version}"]);
await both(`https://localhost:${port}/p`, ["--cacert", "ca.pem", "--http2", "-w", "%{http_version}"]);
await both(`http://127.0.0.1:${ports.atOnce}/p`, ["--http2-prior-knowledge", "-w", "%{http_version}", "-b", "a=1"]);

// Proxies.
const [tunnel, loop] = [`http://127.0.0.1:${ports.through}`, `socks5h://127.0.0.1:${ports.around}`];
await both(`${base}/p`, ["-x", tunnel]);
await both(`${base}/p`, ["-x", tunnel, "--noproxy", "127.0.0.1"]);
await both(`${base}/p`, ["-x", tunnel, "--noproxy", "*"]);
await both(`${safe}/p`, ["-x", tunnel, "--cacert", "ca.pem"]);
await both(`${safe}/p`, ["-x", loop, "--cacert", "ca.pem"]);
await both(`${base}/p`, ["-x", `127.0.0.1:${ports.through}`, "-d", "x"]);

for (const server of [plain, secure, second, atOnce, through, around, other]) server.close();
rmSync(directory, { recursive: true });
console.log(`${checks} command lines, ${failures} differ`);
process.exit(failures === 0 ? 0 : 1);
