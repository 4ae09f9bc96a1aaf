// The inspector's page in Chromium, as a person uses it and as a page of another origin would like to.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const { APIGW, CHROMIUM, INSPECTOR_NODE, SCREENSHOTS, PAGE_FILES } = process.env;
const { chromium } = createRequire(join(INSPECTOR_NODE, 'index.js'))('playwright-core');
const place = mkdtempSync(join(tmpdir(), 'apigw-inspector-'));
if (SCREENSHOTS) mkdirSync(SCREENSHOTS, { recursive: true });

const HANDLER = `
exports.handler = async (event) => {
  const path = event.rawPath;
  console.log('looking up ' + path);
  if (path === '/bad') return { statusCode: 'two hundred', body: 'x' };
  if (path === '/fail') throw new RangeError('no such user');
  if (path === '/image') return { statusCode: 200, headers: { 'content-type': 'image/png' }, isBase64Encoded: true, body: 'iVBORw0KGgo=' };
  return {
    statusCode: event.requestContext.http.method === 'POST' ? 201 : 200,
    headers: { 'content-type': 'application/json' },
    cookies: ['session=cookie-of-ada; Secure; HttpOnly'],
    body: JSON.stringify({ id: 7, name: 'Ada Lovelace', roles: ['admin', 'author'], big: 1e21, sent: event.body ?? null }),
  };
};`;

/** Starts a server: where the API and the page are, and how to end it. */
async function serve(...what) {
  writeFileSync(join(place, 'app.js'), HANDLER);
  const child = spawn(APIGW, ['serve', '--port', '0', '--inspect', '0', ...what], { cwd: place, stdio: ['ignore', 'ignore', 'pipe'] });
  const said = [];
  for await (const line of createInterface({ input: child.stderr })) {
    said.push(line);
    const link = line.match(/inspector: (\S+)/)?.[1];
    if (link) {
      child.stderr.resume();
      return { child, api: said.join('\n').match(/http:\S+/)[0], link, origin: new URL(link).origin, token: link.split('token=')[1] };
    }
  }
  throw new Error(said.join('\n'));
}

/** A site of somebody else's; under both names of this machine it has two origins. */
async function stranger() {
  const pages = createServer((_, response) => response.setHeader('content-type', 'text/html').end('<!doctype html><title>x</title>'));
  await new Promise((resolve) => pages.listen(0, '127.0.0.1', resolve));
  const { port } = pages.address();
  return { pages, origins: [`http://127.0.0.1:${port}`, `http://localhost:${port}`] };
}

let checks = 0;
async function check(name, work) {
  try {
    await work();
    checks += 1;
  } catch (error) {
    error.message = `${name}: ${error.message}`;
    throw error;
  }
}

const routes = ['ANY /users/{id}', 'GET /bad', 'GET /fail', 'GET /image'].flatMap((route) => ['--route', `${route}=app.handler`]);
const server = await serve(...routes);
const context = await chromium.launchPersistentContext(join(place, 'profile'), {
  executablePath: CHROMIUM,
  headless: true,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'],
  viewport: { width: 1440, height: 900 },
  colorScheme: 'light',
  acceptDownloads: true,
});
context.setDefaultTimeout(8000);
const page = context.pages()[0];
const complaints = [];
const foreign = [];
page.on('console', (message) => ['error', 'warning'].includes(message.type()) && complaints.push(message.text()));
page.on('pageerror', (error) => complaints.push(String(error)));
page.on('request', (request) => !/^(data|blob):/.test(request.url()) && !request.url().startsWith(server.origin) && foreign.push(request.url()));
if (PAGE_FILES) {
  // While the page is being made: its files as they stand.
  const kinds = { html: 'text/html', css: 'text/css', js: 'text/javascript' };
  await page.route(`${server.origin}/*`, (route) => {
    const name = new URL(route.request().url()).pathname.slice(1) || 'index.html';
    if (!/\.(html|css|js)$/.test(name)) return route.continue();
    return route.fulfill({ body: readFileSync(join(PAGE_FILES, name)), contentType: kinds[name.split('.').pop()] });
  });
}

const rows = () => page.getByRole('listbox', { name: 'Requests' }).getByRole('option');
const region = (name) => page.getByRole('region', { name, exact: true });
const toast = (words) => page.locator('#toast.on', { hasText: words }).waitFor();
const chosen = () => page.getByRole('option', { selected: true });
const shot = async (name) => SCREENSHOTS && page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) });
const records = async () => (await (await fetch(`${server.origin}/records`, { headers: { 'x-apigw-token': server.token } })).json()).records;

async function rowsAre(number) {
  await page.waitForFunction((n) => document.querySelectorAll('#list li').length === n, number);
}

/** Waits until the chosen request is the one that is shown. */
async function settled() {
  await page.waitForFunction(() => state.detail && state.detail.id === state.chosen && !document.getElementById('detail').hidden);
}

async function noSideScroll(name) {
  const wider = await page.evaluate(() => {
    const limit = document.documentElement.clientWidth;
    const open = document.querySelector('dialog[open]');
    const boxes = [document.documentElement, ...document.querySelectorAll('main, .list, .detail, dialog[open]')];
    const scrolls = boxes.filter((box) => box.scrollWidth > box.clientWidth + 1).map((box) => box.id || box.className || box.tagName);
    const beyond = [...(open || document.body).querySelectorAll('button, input, textarea, .card')].filter((box) => {
      const { left, right, width } = box.getBoundingClientRect();
      return width && (right > limit + 1 || left < -1);
    });
    return [...scrolls, ...beyond.map((box) => box.id || box.textContent.slice(0, 20))];
  });
  assert.deepEqual(wider, [], `${name} is wider than the window`);
}

try {
  await check('without the token the page is locked', async () => {
    await page.goto(`${server.origin}/`);
    await page.getByText('This page needs its token').waitFor();
    // Its own request is refused, and Chromium says so.
    complaints.splice(0);
  });

  await check('the link opens it, and the token leaves the address', async () => {
    await page.goto(server.link);
    await page.getByText('live', { exact: true }).waitFor();
    assert.equal(page.url(), `${server.origin}/`);
    await page.getByText('Waiting for the first request').waitFor();
    await shot('empty-light');
    await page.reload();
    await page.getByText('live', { exact: true }).waitFor();
  });

  await check('requests are listed as they come', async () => {
    const headers = { authorization: 'Bearer token-of-ada', 'content-type': 'application/json', 'x-request': 'one' };
    await fetch(`${server.api}/users/7?page=2&token=token-in-query`, { method: 'POST', headers, body: '{"name":"Ada","tags":[1,true,null]}' });
    await rowsAre(1);
    for (const path of ['/users/8', '/bad', '/fail', '/nowhere/at/all?with=query', '/image']) await fetch(server.api + path);
    await rowsAre(6);
    assert.match(await rows().first().innerText(), /GET[\s\S]*\/image[\s\S]*200/);
    const words = await rows().allInnerTexts();
    assert.match(words[2], /\/fail[\s\S]*500[\s\S]*RangeError/);
    assert.match(words[3], /\/bad[\s\S]*500[\s\S]*result refused/);
    assert.match(words[1], /404[\s\S]*no route takes GET/);
    assert.match(words[5], /token=<hidden>/);
  });

  await check('the first one was chosen, and its parts stand side by side', async () => {
    await settled();
    assert.match(await page.getByRole('heading', { level: 2, name: /POST/ }).innerText(), /POST \/users\/7\?page=2&token=<hidden>/);
    for (const [name, words] of [['Request', /x-request: one/i], ['Event', /"pathParameters"/], ['Log', /looking up \/users\/7/],
      ['Result', /"statusCode": 201/], ['Response', /Ada Lovelace/]]) {
      assert.match(await region(name).innerText(), words);
    }
    const [request, event] = [await region('Request').boundingBox(), await region('Event').boundingBox()];
    assert.ok(Math.abs(request.y - event.y) < 2 && event.x > request.x, 'side by side');
    await shot('detail-light');
    await page.setViewportSize({ width: 1680, height: 1000 });
    const tops = await page.locator('.card').evaluateAll((cards) => cards.map((card) => Math.round(card.getBoundingClientRect().top)));
    assert.equal(new Set(tops).size, 2, 'six parts in two rows');
    await shot('wide-light');
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  await check('secrets are hidden until they are asked for', async () => {
    const text = () => page.locator('#detail').innerText();
    for (const secret of ['token-of-ada', 'token-in-query', 'cookie-of-ada']) assert.ok(!(await text()).includes(secret), secret);
    const button = page.getByRole('button', { name: 'Show secrets' });
    assert.equal(await button.getAttribute('aria-pressed'), 'false');
    await button.click();
    await page.getByRole('button', { name: 'Hide secrets', pressed: true }).waitFor();
    for (const secret of ['token-of-ada', 'token-in-query', 'cookie-of-ada']) assert.ok((await text()).includes(secret), secret);
    assert.ok(!(await rows().last().innerText()).includes('token-in-query'));
    await page.keyboard.press('x');
    await page.getByRole('button', { name: 'Show secrets', pressed: false }).waitFor();
    assert.ok(!(await text()).includes('token-of-ada'));
  });

  await check('keys move the choice, open and leave', async () => {
    await page.getByRole('listbox').focus();
    const at = async () => (await chosen().getAttribute('id'));
    assert.equal(await at(), 'r1');
    await page.keyboard.press('k');
    assert.equal(await at(), 'r2');
    await page.keyboard.press('ArrowUp');
    assert.equal(await at(), 'r3');
    assert.equal(await page.getByRole('listbox').getAttribute('aria-activedescendant'), 'r3');
    await settled();
    await region('Diagnostics').getByText(/AGW1\d\d/).first().waitFor();
    await shot('refused-light');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    assert.equal(await at(), 'r1');
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'title');
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.dataset.action), 'replay');
    const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
    assert.equal(outline, 'solid', 'focus is visible');
    await page.keyboard.press('Escape');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'list');
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    await shot('help-light');
    await page.keyboard.press('j');
    assert.equal(await at(), 'r1', 'keys rest while a dialog is open');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
  });

  await check('the filter finds by words', async () => {
    await page.keyboard.press('/');
    const box = page.getByRole('searchbox', { name: 'Filter requests' });
    assert.ok(await box.evaluate((own) => own === document.activeElement));
    for (const [words, number] of [['5xx', 2], ['users get', 1], ['RANGEERROR', 1], ['refused', 1], ['404', 1], ['such a thing', 0]]) {
      await box.fill(words);
      await rowsAre(number);
    }
    await page.getByText('No request is like that').waitFor();
    await box.fill('');
    await rowsAre(6);
    await page.keyboard.press('Escape');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'list');
  });

  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: server.origin });
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());

  await check('a command for curl is copied, and does what the request did', async () => {
    await settled();
    await page.keyboard.press('c');
    await toast('Copied as curl; secrets are hidden');
    assert.match(await clipboard(), /-H 'authorization: <hidden>'/i);
    await page.keyboard.press('x');
    await page.getByRole('button', { name: 'Hide secrets' }).waitFor();
    await page.getByRole('button', { name: 'Copy as curl' }).click();
    await page.locator('#toast', { hasText: /^Copied as curl$/ }).waitFor();
    const ran = spawnSync('sh', ['-c', await clipboard()], { encoding: 'utf8' });
    assert.equal(JSON.parse(ran.stdout).sent, '{"name":"Ada","tags":[1,true,null]}');
    await rowsAre(7);
    const detail = await (await fetch(`${server.origin}/records/7?secrets=show`, { headers: { 'x-apigw-token': server.token } })).json();
    assert.equal(JSON.parse(detail.event).headers.authorization, 'Bearer token-of-ada');
    await page.keyboard.press('x');
    await page.getByRole('button', { name: 'Show secrets' }).waitFor();
  });

  await check('the event and the test case are files', async () => {
    const download = async (key) => {
      const [file] = await Promise.all([page.waitForEvent('download'), page.keyboard.press(key)]);
      const path = join(place, file.suggestedFilename());
      await file.saveAs(path);
      return [file.suggestedFilename(), readFileSync(path, 'utf8')];
    };
    const [name, event] = await download('s');
    assert.deepEqual([name, JSON.parse(event).rawPath, JSON.parse(event).headers.authorization], ['event-1.json', '/users/7', '<hidden>']);
    const invoked = spawnSync(APIGW, ['invoke', '--handler', 'app.handler', '--event', name], { cwd: place, encoding: 'utf8' });
    assert.match(invoked.stdout, /Ada Lovelace/, invoked.stderr);
    const [caseName, text] = await download('t');
    assert.equal(caseName, 'case-1.apigw.yaml');
    assert.ok(text.startsWith(`target:\n  url: "${server.api}"\ncases:\n`), text);
    assert.match(text, /\ncases:\n {2}- name: POST \/users\/7\n[\s\S]*body: {"name":"Ada","tags":\[1,true,null\]}\n[\s\S]*status: 201\n/);
    await page.keyboard.press('y');
    await toast('Test case copied');
    assert.equal(await clipboard(), text.slice(text.indexOf('  - name: ')));
  });

  await check('a request is sent again', async () => {
    await page.keyboard.press('r');
    await toast('Replayed: 201');
    await rowsAre(8);
    await settled();
    assert.equal(await chosen().getAttribute('id'), 'r8');
    assert.equal((await records()).at(-1).status, 201);
  });

  await check('a request is edited and sent', async () => {
    await page.keyboard.press('e');
    const dialog = page.getByRole('dialog', { name: 'Edit and resend' });
    await dialog.waitFor();
    await page.getByText('What is <hidden> is sent as it was').waitFor();
    assert.equal(await dialog.getByLabel('Method').inputValue(), 'POST');
    assert.match(await dialog.getByLabel('Headers').inputValue(), /authorization: <hidden>/i);
    await shot('edit-light');
    await dialog.getByLabel('Path').fill('users/9');
    await dialog.getByRole('button', { name: 'Send' }).click();
    await dialog.getByRole('alert').getByText('begins with /').waitFor();
    await dialog.getByLabel('Headers').fill('no header');
    await dialog.getByRole('button', { name: 'Send' }).click();
    await dialog.getByRole('alert').getByText('is no header').waitFor();
    await dialog.getByLabel('Path').fill('/users/9?token=<hidden>');
    await dialog.getByLabel('Method').fill('PUT');
    await dialog.getByLabel('Headers').fill('Authorization: <hidden>\nX-New: yes: it is');
    await dialog.getByLabel('Body').fill('ünïcode <b>body</b>');
    await page.keyboard.press('Control+Enter');
    await dialog.waitFor({ state: 'hidden' });
    await toast('Sent: 200');
    await rowsAre(9);
    await settled();
    await page.keyboard.press('x');
    await region('Event').getByText('Bearer token-of-ada').waitFor();
    assert.match(await region('Event').innerText(), /"x-new": "yes: it is"/);
    assert.match(await region('Event').innerText(), /"rawQueryString": "token=token-in-query"/);
    assert.match(await region('Request').innerText(), /ünïcode <b>body<\/b>/);
    await page.keyboard.press('x');
    await page.keyboard.press('e');
    await dialog.waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    assert.equal((await records()).length, 9);
  });

  await check('what a caller sends is shown as text and never runs', async () => {
    const evil = '<img src=x onerror="document.title=1"><script>document.title=2</script>';
    await fetch(`${server.api}/users/x?${encodeURIComponent(evil)}=1`, { method: 'PUT', headers: { 'x-evil': evil }, body: evil });
    await rowsAre(10);
    await page.keyboard.press('Home');
    await settled();
    assert.equal(await chosen().getAttribute('id'), 'r10');
    assert.ok((await region('Request').innerText()).includes(evil));
    assert.equal(await page.title(), 'apigw inspector');
  });

  await check('bytes come in base64', async () => {
    await page.locator('#r6').click();
    await settled();
    assert.match(await region('Response').innerText(), /in base64[\s\S]*iVBORw0KGgo=/);
  });

  await check('it is dark where that is liked', async () => {
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await ground();
    await page.emulateMedia({ colorScheme: 'dark' });
    assert.notEqual(await ground(), light);
    await page.locator('#r1').click();
    await settled();
    await shot('detail-dark');
    await page.locator('#r3').click();
    await settled();
    await shot('refused-dark');
    await page.keyboard.press('e');
    await shot('edit-dark');
    await page.keyboard.press('Escape');
  });

  for (const scheme of ['light', 'dark']) {
    await check(`every text can be read (${scheme})`, async () => {
      await page.emulateMedia({ colorScheme: scheme });
      const pale = await page.evaluate(() => {
        const parse = (colour) => colour.match(/[\d.]+/g).map(Number);
        const light = ([r, g, b]) => [r, g, b].map((c) => c / 255).map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
          .reduce((sum, c, at) => sum + c * [0.2126, 0.7152, 0.0722][at], 0);
        const behind = (element) => {
          for (let own = element; own; own = own.parentElement) {
            const colour = parse(getComputedStyle(own).backgroundColor);
            if (colour[3] !== 0) return colour;
          }
          return [255, 255, 255];
        };
        const found = [];
        for (const own of document.querySelectorAll('body *')) {
          const hasText = [...own.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
          if (!hasText || !own.offsetParent || own.closest('dialog, .toast, :disabled')) continue;
          const [a, b] = [light(parse(getComputedStyle(own).color)), light(behind(own))];
          const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
          if (contrast < 4.5) found.push(`${own.className || own.tagName} ${own.textContent.slice(0, 20)} ${contrast.toFixed(2)}`);
        }
        return [...new Set(found)];
      });
      assert.deepEqual(pale, []);
    });
  }

  for (const width of [390, 320]) {
    await check(`it fits a phone of ${width} pixels`, async () => {
      await page.setViewportSize({ width, height: 780 });
      await page.emulateMedia({ colorScheme: width === 390 ? 'light' : 'dark' });
      await page.keyboard.press('Escape');
      assert.ok(await page.getByRole('listbox').isVisible() && !(await page.locator('#detail').isVisible()));
      await noSideScroll('the list');
      await shot(`phone-${width}-list`);
      await page.locator('#r3').click();
      await settled();
      assert.ok(!(await page.getByRole('listbox').isVisible()));
      await noSideScroll('a request');
      await shot(`phone-${width}-detail`);
      await page.getByRole('button', { name: 'Edit and resend' }).click();
      await noSideScroll('the editor');
      await shot(`phone-${width}-edit`);
      await page.getByRole('button', { name: 'Cancel' }).click();
      await page.getByRole('button', { name: 'Requests' }).click();
      await page.getByRole('button', { name: 'Keys' }).click();
      await noSideScroll('the keys');
      await page.getByRole('button', { name: 'Close' }).click();
    });
  }

  await check('many at once are drawn, and the list is bounded', async () => {
    await page.setViewportSize({ width: 1440, height: 900 });
    for (let n = 0; n < 52; n += 1) {
      await Promise.all([...Array(10).keys()].map((k) => fetch(`${server.api}/none/${n}/${k}`)));
    }
    await rowsAre(500);
    assert.equal((await records()).length, 500);
    assert.match(await rows().first().innerText(), /\/none\/51\//);
  });

  await check('the page asked nobody else and broke no rule', () => {
    assert.deepEqual(foreign, []);
    // What the editor's mistakes are answered with is told by Chromium too.
    assert.deepEqual(complaints.filter((text) => !/status of 400/.test(text)), []);
  });

  await check('a page of another origin gets nothing and does nothing', async () => {
    const { pages, origins } = await stranger();
    const before = (await records()).at(-1).id;
    for (const origin of origins) {
      const other = await context.newPage();
      await other.goto(origin);
      const got = await other.evaluate(async ({ origin, token }) => {
        const headers = { 'x-apigw-token': token };
        const body = JSON.stringify({ method: 'GET', target: '/users/1' });
        const tries = {
          page: () => fetch(`${origin}/`),
          list: () => fetch(`${origin}/records`),
          listWithToken: () => fetch(`${origin}/records`, { headers }),
          replay: () => fetch(`${origin}/records/1/replay`, { method: 'POST', headers }),
          send: () => fetch(`${origin}/send`, { method: 'POST', headers, body }),
          simple: () => fetch(`${origin}/send`, { method: 'POST', mode: 'no-cors', body }),
          events: () => new Promise((resolve, reject) => {
            const source = new EventSource(`${origin}/events`);
            source.onopen = resolve;
            source.onerror = reject;
          }),
          script: () => new Promise((resolve, reject) => {
            const script = Object.assign(document.createElement('script'), { src: `${origin}/page.js`, onload: resolve, onerror: reject });
            document.head.append(script);
          }),
          frame: () => new Promise((resolve, reject) => {
            const frame = Object.assign(document.createElement('iframe'), { src: `${origin}/` });
            frame.onload = () => {
              // Chromium loads a page of its own in place of one that is refused.
              try { reject(frame.contentWindow.document.title); } catch { setTimeout(() => (frame.contentWindow.length ? resolve() : reject()), 50); }
            };
            document.body.append(frame);
          }),
        };
        const results = {};
        for (const [name, attempt] of Object.entries(tries)) {
          results[name] = await attempt().then((answer) => answer?.type ?? 'reached', () => 'refused');
        }
        return results;
      }, { origin: server.origin, token: server.token });
      assert.deepEqual([...new Set(Object.values(got))], ['refused'], JSON.stringify(got));
      await other.close();
    }
    assert.equal((await records()).at(-1).id, before, 'nothing was sent');
    pages.close();
  });

  await check('an API lets pages in as its CORS configuration says', async () => {
    const { pages, origins } = await stranger();
    const cors = { AllowOrigins: [origins[0]], AllowMethods: ['PUT'], AllowHeaders: ['x-own'], AllowCredentials: true };
    const event = { Type: 'HttpApi', Properties: { ApiId: { Ref: 'Api' }, Path: '/users/{id}', Method: 'ANY' } };
    writeFileSync(join(place, 'template.json'), JSON.stringify({
      Transform: 'AWS::Serverless-2016-10-31',
      Resources: {
        Api: { Type: 'AWS::Serverless::HttpApi', Properties: { CorsConfiguration: cors } },
        Users: { Type: 'AWS::Serverless::Function', Properties: { CodeUri: '.', Handler: 'app.handler', Runtime: 'nodejs20.x', Events: { Any: event } } },
      },
    }));
    const api = await serve('template.json');
    try {
      const attempt = async (origin, options) => {
        const other = await context.newPage();
        await other.goto(origin);
        const came = await other.evaluate(([url, own]) => fetch(url, own).then((answer) => answer.json(), () => 'refused'), [`${api.api}/users/7`, options]);
        await other.close();
        return came.name ?? came;
      };
      const put = { method: 'PUT', headers: { 'x-own': '1' }, credentials: 'include' };
      assert.equal(await attempt(origins[0], put), 'Ada Lovelace');
      assert.equal(await attempt(origins[1], put), 'refused', 'another origin');
      assert.equal(await attempt(origins[0], { ...put, method: 'DELETE' }), 'refused', 'another method');
      assert.equal(await attempt(origins[0], { ...put, headers: { 'x-other': '1' } }), 'refused', 'another header');
      const seen = await (await fetch(`${api.origin}/records`, { headers: { 'x-apigw-token': api.token } })).json();
      assert.deepEqual(seen.records.map((record) => record.method), ['OPTIONS', 'PUT', 'OPTIONS', 'OPTIONS', 'OPTIONS']);
    } finally {
      api.child.kill('SIGINT');
      pages.close();
    }
  });

  await check('a saved test case holds', () => {
    const ran = spawnSync(APIGW, ['test', 'case-1.apigw.yaml'], { cwd: place, encoding: 'utf8' });
    assert.equal(ran.status, 0, ran.stdout + ran.stderr);
  });

  await check('it says when the server is gone', async () => {
    server.child.kill('SIGINT');
    await page.getByText('not connected').waitFor();
  });
  console.log(`the inspector holds: ${checks} checks`);
} catch (error) {
  await shot('failed');
  throw error;
} finally {
  await context.close();
  server.child.kill('SIGINT');
  rmSync(place, { recursive: true, force: true });
}
