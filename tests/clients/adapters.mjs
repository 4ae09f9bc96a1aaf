// Node adapters see the request that an event was made of. Usage: node adapters.mjs FLAVOUR...

import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isDeepStrictEqual, inspect } from 'node:util'

// The packages stand where the script that installed them says.
const require = createRequire(join(process.env.CLIENTS_NODE, 'package.json'))
const load = async (name) => import(require.resolve(name))

const REQUESTS = JSON.parse(readFileSync(new URL('requests.json', import.meta.url)))
const REST_BINARY = ['--binary-media-type', 'application/octet-stream']
const scratch = mkdtempSync(join(tmpdir(), 'apigw-'))

const bodyOf = (request) =>
  request.body_base64 ? Buffer.from(request.body_base64, 'base64') : Buffer.from(request.body ?? '')

function event(flavor, request) {
  const target = request.path + (request.query === undefined ? '' : `?${request.query}`)
  const words = ['event', 'gen', `${flavor}-${request.method.toLowerCase()}`, '--path', target]
  for (const [name, value] of request.headers) words.push('-H', `${name}: ${value}`)
  for (const cookie of request.cookies ?? []) words.push('-b', cookie)
  if (flavor === 'rest') words.push(...REST_BINARY)
  if (bodyOf(request).length) {
    const file = join(scratch, 'body')
    writeFileSync(file, bodyOf(request))
    words.push('--data-binary', `@${file}`)
  }
  return JSON.parse(execFileSync(process.env.APIGW, words, { stdio: ['ignore', 'pipe', 'ignore'] }))
}

const grouped = (pairs) => {
  const names = {}
  for (const [name, value] of pairs) (names[name] ??= []).push(value)
  return names
}

function expected(request, flavor) {
  const query = grouped(new URLSearchParams(request.query ?? ''))
  if (flavor === 'alb') for (const name of Object.keys(query)) query[name] = query[name].slice(-1)
  return {
    method: request.method,
    path: decodeURIComponent(request.path),
    query,
    headers: Object.fromEntries(request.headers.map(([name, value]) => [name.toLowerCase(), value])),
    cookies: [...(request.cookies ?? [])].sort(),
    body: bodyOf(request),
  }
}

/** What a handler of Node's own kind sees of a request, its body collected. */
const seenByNode = (req, body) => {
  const url = new URL(req.url, 'http://host')
  return {
    method: req.method,
    path: decodeURIComponent(url.pathname),
    query: grouped(url.searchParams),
    headers: req.headers,
    cookies: (req.headers.cookie ?? '').split(/; ?/).filter(Boolean).sort(),
    body,
  }
}

const context = { functionName: 'function', awsRequestId: 'id', getRemainingTimeInMillis: () => 1000 }

async function express(wrap) {
  const { default: express } = await load('express')
  const app = express()
  let seen
  app.use(express.raw({ type: () => true, limit: '10mb' }))
  app.use((req, res) => {
    seen = seenByNode({ method: req.method, url: req.originalUrl, headers: req.headers }, asBuffer(req.body))
    res.send('ok')
  })
  const handler = await wrap(app)
  return async (event) => {
    await handler(event, context)
    return seen
  }
}

const asBuffer = (body) => (Buffer.isBuffer(body) ? body : Buffer.from(typeof body === 'string' ? body : ''))

const CLIENTS = {
  '@codegenie/serverless-express': [
    ['rest', 'http', 'http-v1', 'url', 'alb', 'alb-multi'],
    () => express(async (app) => (await load('@codegenie/serverless-express')).default({ app })),
  ],
  'serverless-http': [
    ['rest', 'http', 'http-v1', 'url'],
    () => express(async (app) => (await load('serverless-http')).default(app)),
  ],
  // Reads no headers of a load balancer's multi-value events.
  '@fastify/aws-lambda': [
    ['rest', 'http', 'http-v1', 'url', 'alb'],
    async () => {
      const fastify = (await load('fastify')).default({ exposeHeadRoutes: false })
      let seen
      fastify.removeAllContentTypeParsers()
      fastify.addContentTypeParser('*', { parseAs: 'buffer' }, (_, body, done) => done(null, body))
      fastify.all('/*', async (req) => {
        seen = seenByNode({ method: req.method, url: req.raw.url, headers: req.headers }, asBuffer(req.body))
        return 'ok'
      })
      const handler = (await load('@fastify/aws-lambda')).default(fastify)
      return async (event) => {
        await handler(event, context)
        return seen
      }
    },
  ],
  // Reads no query of VPC Lattice's events.
  hono: [
    ['rest', 'http', 'http-v1', 'url', 'alb', 'alb-multi'],
    async () => {
      const { Hono } = await load('hono')
      const { handle } = await load('hono/aws-lambda')
      const app = new Hono()
      let seen
      app.all('*', async (c) => {
        const headers = Object.fromEntries(c.req.raw.headers)
        const body = Buffer.from(await c.req.arrayBuffer())
        const url = new URL(c.req.url)
        seen = seenByNode({ method: c.req.method, url: url.pathname + url.search, headers }, body)
        return c.text('ok')
      })
      const handler = handle(app)
      return async (event) => {
        await handler(event, context)
        return seen
      }
    },
  ],
}

const SCHEMAS = {
  rest: ['api-gateway', 'APIGatewayProxyEventSchema'],
  http: ['api-gatewayv2', 'APIGatewayProxyEventV2Schema'],
  url: ['lambda', 'LambdaFunctionUrlSchema'],
  alb: ['alb', 'AlbSchema'],
  'alb-multi': ['alb', 'AlbMultiValueHeadersSchema'],
  // VpcLatticeV2Schema knows headers with one value only; Lattice sends lists now.
}

/** Kinds that are no client's request: the schema that reads each. */
const MOMENTS = {
  'authorizer-token': ['api-gateway', 'APIGatewayTokenAuthorizerEventSchema'],
  'authorizer-request': ['api-gateway', 'APIGatewayRequestAuthorizerEventSchema'],
  'authorizer-http': ['api-gatewayv2', 'APIGatewayRequestAuthorizerEventV2Schema'],
}

let passed = 0
const failed = []
const same = (what, seen, wanted) => {
  if (isDeepStrictEqual(seen, wanted)) passed += 1
  else failed.push(`${what}: saw ${inspect(seen)}, wanted ${inspect(wanted)}`)
}

function compare(what, seen, wanted) {
  for (const [part, value] of Object.entries(wanted)) {
    let own = seen?.[part]
    if (part === 'headers') own = Object.fromEntries(Object.keys(value).map((name) => [name, own?.[name]]))
    if (part === 'body') own = Buffer.from(own ?? '')
    if (part === 'query') own = { ...own }
    same(`${what} ${part}`, own, value)
  }
}

const flavors = process.argv.slice(2)
for (const [name, [supported, make]] of Object.entries(CLIENTS)) {
  const client = await make()
  for (const flavor of supported.filter((flavor) => flavors.includes(flavor))) {
    for (const request of REQUESTS) {
      const what = `${name}, ${flavor}, ${request.id}:`
      try {
        compare(what, await client(event(flavor, request)), expected(request, flavor))
      } catch (error) {
        same(what, String(error?.stack ?? error).slice(0, 300), 'an answer')
      }
    }
  }
}
for (const [flavor, [module, schema]] of Object.entries(SCHEMAS)) {
  if (!flavors.includes(flavor)) continue
  const schemas = await load(`@aws-lambda-powertools/parser/schemas/${module}`)
  for (const request of REQUESTS) {
    const parsed = schemas[schema].safeParse(event(flavor, request))
    same(`@aws-lambda-powertools/parser, ${flavor}, ${request.id}`, parsed.error?.message, undefined)
  }
}
for (const [kind, [module, schema]] of Object.entries(MOMENTS)) {
  const schemas = await load(`@aws-lambda-powertools/parser/schemas/${module}`)
  const event = JSON.parse(execFileSync(process.env.APIGW, ['event', 'gen', kind], { stdio: ['ignore', 'pipe', 'ignore'] }))
  same(`@aws-lambda-powertools/parser, ${kind}`, schemas[schema].safeParse(event).error?.message, undefined)
}
for (const line of failed) console.log('FAILED', line)
console.log(`${passed} passed, ${failed.length} failed`)
process.exitCode = failed.length || !passed ? 1 : 0
