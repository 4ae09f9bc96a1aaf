// Runs a Node handler as AWS Lambda's own runtime does: asks the Runtime API for events, answers or fails in the same
// words. Reads everything that it needs from Lambda's environment variables; needs Node 18 and nothing else.

import fs from 'node:fs';
import http from 'node:http';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import util from 'node:util';

const environment = process.env;
const [hostname, port] = environment.AWS_LAMBDA_RUNTIME_API.split(':');
const agent = new http.Agent({ keepAlive: true });
const major = Number(process.versions.node.split('.')[0]);
// Node 24 knows no callbacks and nothing that goes with them.
const callbacks = major < 24;
const jsonLog = environment.AWS_LAMBDA_LOG_FORMAT?.toUpperCase() === 'JSON';
const STREAMING = Symbol.for('aws.lambda.runtime.handler.streaming');
const HTTP_STREAM = 'application/vnd.awslambda.http-integration-response';

// The request that is being answered, and what to do once the event loop is empty.
let current;
let whenIdle;

function open(method, name, headers) {
  return http.request({ hostname, port, agent, method, headers, path: `/2018-06-01/runtime/${name}` });
}

function call(method, name, headers = {}, body) {
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'Content-Length': Buffer.byteLength(body) };
    const request = open(method, name, { ...headers, ...length });
    request.on('error', reject);
    request.on('response', (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => resolve({ headers: response.headers, body: Buffer.concat(chunks).toString() }));
    });
    request.end(body);
  });
}

/** An error that the runtime finds, not the function: with one of Lambda's own types. */
function fault(type, message) {
  const error = new Error(message);
  error.name = `Runtime.${type}`;
  error.stack = error.stack.replace(/^Error/, error.name);
  return error;
}

/** An error as the caller of the function sees it. */
function described(error) {
  try {
    if (util.types.isNativeError(error) || (error?.name && error.message && error.stack)) {
      const trace = String(error.stack ?? '').split('\n');
      return { errorType: error.name, errorMessage: error.message, trace };
    }
    return { errorType: typeof error, errorMessage: String(error), trace: [] };
  } catch {
    const problem = 'there was a problem while retrieving one or more of its message, name, and stack';
    return { errorType: 'handled', errorMessage: `callback called with Error argument, but ${problem}`, trace: [] };
  }
}

/** A value that may stand in a header. */
const plain = (text) => String(text).replace(/[^\x20-\x7e]/g, '?');

/** An error in the function's log. */
function tell(title, { errorType, errorMessage, trace }) {
  if (jsonLog) console.error({ errorType, errorMessage, stackTrace: trace });
  else console.error(title, JSON.stringify({ errorType, errorMessage, stack: trace }));
}

async function fail(name, error, headers = {}) {
  const told = described(error);
  tell(name === 'init/error' ? 'Uncaught Exception' : 'Invoke Error', told);
  const type = { 'Content-Type': 'application/json', 'Lambda-Runtime-Function-Error-Type': plain(told.errorType) };
  await call('POST', name, { ...headers, ...type }, JSON.stringify(told));
}

/** What an error is in a log in JSON. */
function loggable(key, value) {
  if (!(value instanceof Error)) return value;
  return { errorType: value.constructor?.name, errorMessage: value.message, stackTrace: value.stack?.split('\n'), ...value };
}

/** A line of a log in JSON: one value stands as it is, several become a text. */
function jsonLine(level, words) {
  const line = { timestamp: new Date().toISOString(), level, requestId: current?.id };
  if (words.length === 1) {
    try {
      return JSON.stringify({ ...line, message: words[0] }, loggable);
    } catch {
      return JSON.stringify({ ...line, message: util.format(words[0]) });
    }
  }
  const error = words.find((word) => word instanceof Error);
  return JSON.stringify({ ...line, message: util.format(...words), ...(error && loggable('', error)) });
}

const textLine = (level, words) => `${new Date().toISOString()}\t${current?.id}\t${level}\t${util.format(...words)}`;

function setUpConsole() {
  const order = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];
  const least = order.indexOf(environment.AWS_LAMBDA_LOG_LEVEL?.toUpperCase());
  const levels = { debug: 'DEBUG', error: 'ERROR', fatal: 'FATAL', info: 'INFO', log: 'INFO', trace: 'TRACE', warn: 'WARN' };
  for (const [name, level] of Object.entries(levels)) {
    const isTold = level === 'FATAL' || order.indexOf(level) >= least;
    console[name] = (...words) => {
      if (isTold) process.stdout.write(`${(jsonLog ? jsonLine : textLine)(level, words)}\n`);
    };
  }
}

/** Whether the nearest package.json makes ES modules of `.js` files. */
function isModulePackage(directory) {
  const file = path.join(directory, 'package.json');
  if (fs.existsSync(file)) {
    try {
      return JSON.parse(fs.readFileSync(file, 'utf8')).type === 'module';
    } catch {
      return false;
    }
  }
  const parent = path.dirname(directory);
  return parent !== directory && path.basename(directory) !== 'node_modules' && isModulePackage(parent);
}

async function loadModule(root, name) {
  const require = createRequire(path.join(root, '[runtime]'));
  const module = path.resolve(root, name);
  const scripts = isModulePackage(path.dirname(module)) ? [] : ['.js'];
  const found = ['.js', '.mjs', '.cjs', '.ts', '.mts', '.cts'].find((ending) => fs.existsSync(module + ending));
  if (found === undefined || found === '.cjs' || scripts.includes(found)) {
    return require(module + (found ?? ''));
  }
  return import(pathToFileURL(module + found));
}

async function load(root, handler) {
  const directory = handler.slice(0, handler.lastIndexOf('/') + 1);
  const [, module, name] = /^([^.]*)\.(.*)$/.exec(handler.slice(directory.length)) ?? [];
  if (handler.includes('..') || module === undefined) throw fault('MalformedHandlerName', 'Bad handler');
  let loaded;
  try {
    loaded = await loadModule(root, directory + module);
  } catch (error) {
    if (error instanceof SyntaxError) throw fault('UserCodeSyntaxError', String(error));
    throw error?.code === 'MODULE_NOT_FOUND' ? fault('ImportModuleError', String(error)) : error;
  }
  const find = (object) => name.split('.').reduce((inner, key) => inner?.[key], object);
  const found = find(loaded) ?? find(loaded.default);
  if (!found) throw fault('HandlerNotFound', `${handler} is undefined or not exported`);
  if (typeof found !== 'function') throw fault('HandlerNotFound', `${handler} is not a function`);
  if (!callbacks && !found[STREAMING] && found.length >= 3) {
    throw fault('CallbackHandlerDeprecated',
      'AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. You need to'
        + ' modify this function to use a supported handler signature to use Node.js 24 or later.');
  }
  return found;
}

const parsed = (text) => (text ? JSON.parse(text) : undefined);

function contextOf(headers) {
  const deadline = Number(headers['lambda-runtime-deadline-ms']);
  return {
    functionVersion: environment.AWS_LAMBDA_FUNCTION_VERSION,
    functionName: environment.AWS_LAMBDA_FUNCTION_NAME,
    memoryLimitInMB: environment.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: environment.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: environment.AWS_LAMBDA_LOG_STREAM_NAME,
    clientContext: parsed(headers['lambda-runtime-client-context']),
    identity: parsed(headers['lambda-runtime-cognito-identity']),
    invokedFunctionArn: headers['lambda-runtime-invoked-function-arn'],
    awsRequestId: headers['lambda-runtime-aws-request-id'],
    tenantId: headers['lambda-runtime-aws-tenant-id'],
    getRemainingTimeInMillis: () => deadline - Date.now(),
  };
}

function written(result) {
  try {
    return JSON.stringify(result === undefined ? null : result) ?? 'null';
  } catch {
    throw new Error('Unable to stringify response body');
  }
}

/** Answers the current request, once, and asks for the next. */
function finish(request, send) {
  if (request.finished) return;
  request.finished = true;
  whenIdle = undefined;
  send().then(next).catch(platformFailed);
}

function respond(request, result) {
  finish(request, async () => {
    let body;
    try {
      body = written(result);
    } catch (error) {
      return fail(`invocation/${request.id}/error`, error, request.echo);
    }
    const type = { 'Content-Type': 'application/json' };
    return call('POST', `invocation/${request.id}/response`, { ...request.echo, ...type }, body);
  });
}

const reject = (request, error) =>
  finish(request, () => fail(`invocation/${request.id}/error`, error, request.echo));

function run(handler, request, event) {
  const { context } = request;
  const isError = (error) => error !== undefined && error !== null;
  let waits = true;
  let callback;
  if (callbacks) {
    const done = (error, result) => (isError(error) ? reject(request, error) : respond(request, result));
    callback = (error, result) => {
      if (isError(error) || !waits) return done(error, result);
      // A second call has nothing to say.
      if (!request.called) whenIdle = () => respond(request, result);
      request.called = true;
      return undefined;
    };
    Object.assign(context, { done, succeed: (result) => done(null, result), fail: (error) => done(error ?? 'handled') });
    Object.defineProperty(context, 'callbackWaitsForEmptyEventLoop',
      { enumerable: true, get: () => waits, set: (value) => { waits = value; } });
  }
  const result = callbacks ? handler(event, context, callback) : handler(event, context);
  if (typeof result?.then === 'function') {
    const wordless = callbacks ? 'handled' : null;
    result.then((value) => respond(request, value), (error) => reject(request, error ?? wordless));
  } else if (!callbacks) {
    respond(request, result);
  }
}

/** The stream of an answer. Nothing is sent before the first byte, so that an early failure is an error like any. */
function streamOf(request) {
  const stream = open('POST', `invocation/${request.id}/response`, {
    ...request.echo,
    'Content-Type': 'application/octet-stream',
    'Lambda-Runtime-Function-Response-Mode': 'streaming',
    'Transfer-Encoding': 'chunked',
    Trailer: 'Lambda-Runtime-Function-Error-Type, Lambda-Runtime-Function-Error-Body',
  });
  const { write, end } = stream;
  const begin = () => {
    if (stream.prelude !== undefined && !stream.headersSent) {
      write.call(stream, stream.prelude);
      write.call(stream, new Uint8Array(8));
    }
  };
  const text = (chunk) => (typeof chunk === 'string' || chunk instanceof Uint8Array ? chunk : JSON.stringify(chunk));
  stream.setContentType = (type) => stream.setHeader('Content-Type', type);
  stream.write = (chunk, ...rest) => {
    begin();
    return write.call(stream, text(chunk), ...rest);
  };
  stream.end = (chunk, ...rest) => {
    begin();
    if (chunk === undefined || chunk === null || typeof chunk === 'function') return end.call(stream, chunk, ...rest);
    return end.call(stream, text(chunk), ...rest);
  };
  stream.sent = new Promise((resolve, refuse) => {
    stream.on('error', refuse);
    stream.on('response', (response) => response.on('end', resolve).resume());
  });
  return stream;
}

async function runStream(handler, request, event) {
  const stream = streamOf(request);
  // Looked at below; a stream that is given up on purpose is no news.
  stream.sent.catch(() => {});
  try {
    const result = handler(event, stream, request.context);
    if (typeof result?.then !== 'function') {
      throw fault('MalformedStreamingHandler', 'Streaming does not support non-async handlers.');
    }
    await result;
  } catch (error) {
    if (!stream.headersSent) {
      stream.destroy();
      return reject(request, error);
    }
    const told = described(error);
    stream.addTrailers({
      'Lambda-Runtime-Function-Error-Type': plain(told.errorType),
      'Lambda-Runtime-Function-Error-Body': Buffer.from(JSON.stringify(told)).toString('base64'),
    });
    tell('Invoke Error', told);
    stream.end();
  }
  return finish(request, () => stream.sent);
}

let handle;

async function next() {
  current = undefined;
  const { headers, body } = await call('GET', 'invocation/next');
  const id = headers['lambda-runtime-aws-request-id'];
  const trace = headers['lambda-runtime-trace-id'];
  const attempt = headers['lambda-runtime-invocation-id'];
  if (trace) environment._X_AMZN_TRACE_ID = trace;
  else delete environment._X_AMZN_TRACE_ID;
  const request = { id, echo: attempt ? { 'Lambda-Runtime-Invocation-Id': attempt } : {} };
  current = request;
  // A handler that leaves nothing to wait for and no answer has answered null.
  whenIdle = () => respond(request, null);
  try {
    request.context = contextOf(headers);
    const event = JSON.parse(body);
    if (handle[STREAMING]) await runStream(handle, request, event);
    else run(handle, request, event);
  } catch (error) {
    reject(request, error);
  }
}

/** The Runtime API is gone, or will not have us: nothing is left to do. */
function platformFailed(error) {
  process.stderr.write(`${error?.stack ?? error}\n`);
  process.exit(1);
}

/** Tells of an error that nobody caught, and ends. */
function give(error, code) {
  const name = handle ? `invocation/${current?.id}/error` : 'init/error';
  const end = () => process.exit(code);
  fail(name, error, current?.echo).then(end, end);
}

setUpConsole();
process.on('beforeExit', () => {
  const act = whenIdle;
  whenIdle = undefined;
  act?.();
});
process.on('uncaughtException', (error) => give(error, 129));
process.on('unhandledRejection', (reason) => give(fault('UnhandledPromiseRejection', String(reason)), 128));
if (!/^(1|true)$/.test(environment.AWS_LAMBDA_NODEJS_NO_GLOBAL_AWSLAMBDA ?? '')) {
  globalThis.awslambda = {
    streamifyResponse: (handler) => Object.assign(handler, { [STREAMING]: 'response' }),
    HttpResponseStream: {
      from: (stream, prelude) => {
        stream.setContentType(HTTP_STREAM);
        stream.prelude = JSON.stringify(prelude);
        return stream;
      },
    },
  };
}
load(environment.LAMBDA_TASK_ROOT, environment._HANDLER).then(
  (found) => {
    handle = found;
    next().catch(platformFailed);
  },
  (error) => give(error, 129),
);
