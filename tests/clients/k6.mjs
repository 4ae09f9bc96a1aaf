// The scripts of `invoke --export k6` send what `invoke --url` sends. k6's modules are stood in for by
// small ones that send real requests to a server in this process.

import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import http from 'node:http'
import { register } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect, isDeepStrictEqual, promisify } from 'node:util'

const REQUESTS = JSON.parse(readFileSync(new URL('requests.json', import.meta.url)))
const scratch = mkdtempSync(join(tmpdir(), 'apigw-'))
const run = promisify(execFile)
const apigw = async (...words) => (await run(process.env.APIGW, words)).stdout

// What k6 offers to scripts, as far as these use it.
const MODULES = {
  'k6/http': 'export default { request: (...words) => globalThis.k6.send(...words) }',
  'k6/execution': 'export default { scenario: { get iterationInTest() { return globalThis.k6.iteration } } }',
  'k6/encoding': 'export default { b64decode: (...words) => globalThis.k6.decode(...words) }',
}
const hooks = `
  const modules = ${JSON.stringify(MODULES)}
  const url = (text) => 'data:text/javascript,' + encodeURIComponent(text)
  export const resolve = (name, context, next) =>
    name in modules ? { url: url(modules[name]), shortCircuit: true } : next(name, context)
`
register('data:text/javascript,' + encodeURIComponent(hooks))

let seen = []
const server = http.createServer((request, response) => {
  const parts = []
  request.on('data', (part) => parts.push(part))
  request.on('end', () => {
    const { method, url } = request
    seen.push({ method, url, headers: fields(request.rawHeaders), body: Buffer.concat(parts) })
    response.end('ok')
  })
})

// Header fields by name; fields of one name count as one, joined. What each client says of itself and of
// its connection does not count.
const OWN = ['connection', 'content-length', 'host', 'transfer-encoding', 'user-agent']
function fields(raw) {
  const found = {}
  for (let at = 0; at < raw.length; at += 2) {
    const name = raw[at].toLowerCase()
    if (OWN.includes(name)) continue
    const between = name === 'cookie' ? '; ' : ', '
    found[name] = name in found ? found[name] + between + raw[at + 1] : raw[at + 1]
  }
  return found
}

let waiting = []
globalThis.k6 = {
  iteration: 0,
  decode(text, variant) {
    if (variant !== 'std') throw new Error(`an alphabet that k6 does not know: ${variant}`)
    const bytes = Buffer.from(text, 'base64')
    return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length)
  },
  send(method, url, body, params) {
    if (params.redirects !== 0) throw new Error('redirects are followed')
    const target = url.slice(new URL(url).origin.length)
    const options = { method, path: target, port: server.address().port, headers: params.headers }
    waiting.push(
      new Promise((resolve, reject) => {
        const request = http.request(options, (response) => response.resume().on('end', resolve))
        request.on('error', reject)
        request.end(body === null ? undefined : typeof body === 'string' ? body : Buffer.from(body))
      }),
    )
  },
}

let scripts = 0
async function load(script) {
  const file = join(scratch, `script-${(scripts += 1)}.mjs`)
  writeFileSync(file, script)
  return import(file)
}

// Iterates as k6 does; requests go out one after another, so that the server sees them in order.
async function iterate(module, times) {
  seen = []
  for (let at = 0; at < times; at += 1) {
    globalThis.k6.iteration = at
    module.default()
    await Promise.all(waiting.splice(0))
  }
  return seen
}

let failed = 0
function check(what, found, expected) {
  if (isDeepStrictEqual(found, expected)) return
  failed += 1
  console.error(`${what}:\n  k6   ${inspect(found)}\n  apigw ${inspect(expected)}`)
}

async function compare(what, words, env = {}, times = 1) {
  globalThis.__ENV = env
  seen = []
  await apigw('invoke', '--url', base, ...words)
  const expected = seen
  const module = await load(await apigw('invoke', '--url', base, ...words, '--export', 'k6'))
  check(what, await iterate(module, times), expected)
  return module
}

await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
const base = `http://127.0.0.1:${server.address().port}/dev?k=v`

const bytes = join(scratch, 'bytes')
writeFileSync(bytes, Buffer.from([0, 159, 146, 150, 255, 10, 34]))
const odd = '"\\ ${globalThis.hurt = 1} `x` \n\r\t\u2028\u2029 </script> */ // é 😀\u0000'
writeFileSync(join(scratch, 'odd'), odd)
const query = ['--path', '/users/4%2F2/*/é?a=1&a=%27', '--query', 'b=c d', '--query', 'q=${1}"\\']
await compare('flags', query)
await compare('header fields', ['-H', 'X-A: 1', '-H', 'x-a: 2', '-H', 'X-Odd: ${1} `x` "\\\' </script>', '-X', 'DELETE'])
await compare('a body of text', ['-d', `@${join(scratch, 'odd')}`, '-H', 'content-type: text/plain'])
await compare('a body of bytes', ['-X', 'PUT', '-d', `@${bytes}`])
check('nothing of a request is run', globalThis.hurt, undefined)

const secrets = ['-H', 'Authorization: Bearer one', '-H', 'X-Api-Key: two', '-b', 'a=1', '-b', 'b=2']
const env = { AUTHORIZATION: 'Bearer one', X_API_KEY: 'two', COOKIE: 'a=1; b=2' }
await compare('credentials from the environment', secrets, env)
globalThis.__ENV = {}
const hidden = await apigw('invoke', '--url', base, ...secrets, '--export', 'k6')
const missing = await load(hidden).then(() => 'no error', (error) => error.message)
check('a missing credential', missing, 'a credential is missing: k6 run -e AUTHORIZATION=...')
seen = []
await apigw('invoke', '--url', base, ...secrets)
const expected = seen
const shown = await apigw('invoke', '--url', base, ...secrets, '--export', 'k6', '--show-secrets')
check('credentials that are shown', await iterate(await load(shown), 1), expected)

const cookies = { COOKIE: REQUESTS.find((request) => request.cookies).cookies.join('; ') }
for (const flavor of ['rest', 'http']) {
  const lines = []
  for (const request of REQUESTS) {
    const target = request.path + (request.query === undefined ? '' : `?${request.query}`)
    const words = ['event', 'gen', `${flavor}-${request.method.toLowerCase()}`, '--compact', '--path', target]
    for (const [name, value] of request.headers) words.push('-H', `${name}: ${value}`)
    for (const cookie of request.cookies ?? []) words.push('-b', cookie)
    const body = Buffer.from(request.body_base64 ?? request.body ?? '', request.body_base64 ? 'base64' : 'utf8')
    if (flavor === 'rest') words.push('--binary-media-type', 'application/octet-stream')
    if (body.length) {
      writeFileSync(join(scratch, 'body'), body)
      words.push('-d', `@${join(scratch, 'body')}`)
    }
    lines.push(await apigw(...words))
  }
  const file = join(scratch, `${flavor}.ndjson`)
  writeFileSync(file, lines.join(''))
  const module = await compare(`events of ${flavor}`, ['--events', file], cookies, lines.length)
  check('iterations', module.options.scenarios.calls.iterations, lines.length)
}

server.closeAllConnections()
server.close()
if (failed) process.exit(1)
console.log(`${scripts} scripts send what invoke sends`)
