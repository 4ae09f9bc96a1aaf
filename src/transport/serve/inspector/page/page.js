// The inspector's page: a list of requests as they come, and what became of the chosen one.
'use strict';

const MOST_ROWS = 500;
const MOST_COLOURED = 300000;
const byId = (id) => document.getElementById(id);

/** What is known, and what is looked at. */
const state = {
  token: '',
  records: new Map(),
  chosen: null,
  detail: null,
  shown: false,
  words: [],
  arrived: [],
};

// ---- Talking to the server ----

/** The token comes in the link, leaves the address bar, and stays until the tab is closed. */
function readToken() {
  const given = new URLSearchParams(location.hash.slice(1)).get('token');
  if (given) {
    sessionStorage.setItem('token', given);
    history.replaceState(null, '', location.pathname);
  }
  state.token = given || sessionStorage.getItem('token') || '';
}

async function ask(path, options = {}) {
  const headers = { 'x-apigw-token': state.token };
  if (options.body) headers['content-type'] = 'application/json';
  const response = await fetch(path, { ...options, headers });
  if (response.ok) return response;
  const told = await response.json().catch(() => ({}));
  throw Object.assign(new Error(told.message || `status ${response.status}`), { status: response.status });
}

const secretsQuery = () => (state.shown ? '?secrets=show' : '');

function live(kind, words) {
  byId('live').className = `live ${kind}`;
  byId('live').textContent = words;
}

/** Reads the list, then what comes; and again whenever the connection breaks. */
async function follow() {
  for (let wait = 500; ; wait = Math.min(wait * 2, 8000)) {
    try {
      const events = await ask('/events');
      await reload();
      live('on', 'live');
      wait = 500;
      await readEvents(events.body);
    } catch (error) {
      if (error.status === 403) return locked();
    }
    live('off', 'not connected');
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
}

async function readEvents(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const messages = (rest + value).split('\n\n');
    rest = messages.pop();
    for (const message of messages) {
      if (message.startsWith('event: again')) await reload();
      else if (message.startsWith('data: ')) arrive(JSON.parse(message.slice(6)));
    }
  }
}

function locked() {
  live('off', 'locked');
  byId('list').replaceChildren();
  byId('none').hidden = false;
  byId('none').textContent = 'This page needs its token: open the link that apigw serve printed.';
}

async function reload() {
  const { apis, records } = await (await ask('/records')).json();
  byId('apis').textContent = apis.map((api) => api.url).join('  ');
  state.apis = apis;
  state.arrived = [];
  state.records = new Map(records.map((record) => [record.id, record]));
  drawList();
  chooseFirst();
}

// ---- The list ----

/** Takes a record; many that come at once are drawn at once. */
function arrive(record) {
  if (!state.arrived.length) requestAnimationFrame(drawArrived);
  state.arrived.push(record);
  // A tab that nobody sees draws nothing.
  if (state.arrived.length > MOST_ROWS) state.arrived.shift();
}

function drawArrived() {
  const rows = [];
  for (const record of state.arrived.splice(0)) {
    if (state.records.has(record.id)) continue;
    state.records.set(record.id, record);
    if (matches(record)) rows.unshift(row(record));
  }
  const list = byId('list');
  list.prepend(...rows);
  while (state.records.size > MOST_ROWS) {
    const oldest = state.records.keys().next().value;
    state.records.delete(oldest);
    byId(`r${oldest}`)?.remove();
  }
  drawNone();
  mark();
  chooseFirst();
}

function drawList() {
  const found = [...state.records.values()].filter(matches).reverse();
  byId('list').replaceChildren(...found.map(row));
  drawNone();
  mark();
}

function drawNone() {
  const none = byId('none');
  none.hidden = byId('list').childElementCount > 0;
  if (none.hidden) return;
  if (state.records.size) {
    none.textContent = 'No request is like that.';
  } else {
    const url = state.apis?.[0]?.url;
    none.replaceChildren('Waiting for the first request.', url ? make('code', {}, `curl ${url}/`) : '');
  }
}

/** Whether all words of the filter stand somewhere in a record's row. */
function matches(record) {
  const { method, target, status, route, function: name, reason, failure, refused } = record;
  const text = [method, target, status, `${String(status)[0]}xx`, route, name, reason, failure, refused ? 'refused' : ''].join(' ').toLowerCase();
  return state.words.every((word) => text.includes(word));
}

function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

const clock = (at) => new Date(at).toLocaleTimeString([], { hour12: false });
const lasted = (ms) => (ms < 1000 ? `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms` : `${(ms / 1000).toFixed(2)} s`);

/** The status; a message on a WebSocket connection has none. */
function pill(status) {
  return make('span', { class: `status s${String(status)[0]}` }, status ? String(status) : 'message');
}

function row(record) {
  const why = record.failure || (record.refused ? 'result refused' : '');
  const words = why || record.reason || [record.route, record.function].filter(Boolean).join(' → ');
  return make('li', { id: `r${record.id}`, role: 'option', 'aria-selected': 'false', title: record.target },
    make('span', { class: 'method' }, record.method),
    make('span', { class: 'target' }, record.target),
    pill(record.status),
    make('span', { class: 'below' },
      make('span', { class: why ? 'why wrong' : 'why' }, words),
      make('span', {}, lasted(record.took)),
      make('span', {}, clock(record.at))));
}

/** Marks the chosen row. */
function mark() {
  const list = byId('list');
  for (const old of list.querySelectorAll('[aria-selected="true"]')) old.setAttribute('aria-selected', 'false');
  const now = state.chosen && byId(`r${state.chosen}`);
  if (now) {
    now.setAttribute('aria-selected', 'true');
    list.setAttribute('aria-activedescendant', now.id);
  } else {
    list.removeAttribute('aria-activedescendant');
  }
  return now;
}

function chooseFirst() {
  const first = byId('list').firstElementChild;
  if (!state.chosen && first) choose(Number(first.id.slice(1)));
}

let soon = 0;

function choose(id) {
  if (state.chosen !== id) state.shown = false;
  state.chosen = id;
  mark()?.scrollIntoView({ block: 'nearest' });
  clearTimeout(soon);
  soon = setTimeout(load, state.detail ? 40 : 0);
}

/** Moves the choice by that many rows. */
function move(by) {
  const rows = [...byId('list').children];
  const at = rows.findIndex((own) => own.id === `r${state.chosen}`);
  const next = rows[Math.max(0, Math.min(rows.length - 1, at < 0 ? 0 : at + by))];
  if (next) choose(Number(next.id.slice(1)));
}

// ---- One request ----

async function load() {
  const id = state.chosen;
  try {
    const detail = await (await ask(`/records/${id}${secretsQuery()}`)).json();
    if (state.chosen !== id) return;
    state.detail = detail;
    drawDetail(detail);
  } catch (error) {
    if (state.chosen === id) say(error.message);
  }
}

function drawDetail(detail) {
  byId('detail').hidden = false;
  byId('title').replaceChildren(make('span', {}, detail.method), ' ', detail.request.target);
  const facts = [pill(detail.status), detail.response.phrase || '', lasted(detail.took), clock(detail.at)];
  if (detail.route) facts.push(about('route', detail.route));
  if (detail.function) facts.push(about('function', detail.function));
  if (detail.duration != null) facts.push(`ran ${lasted(detail.duration)}`);
  if (detail.init != null) facts.push(`started in ${lasted(detail.init)}`);
  byId('facts').replaceChildren(...facts.filter(Boolean).map((fact) => make('span', {}, fact)));
  byId('reason').hidden = !detail.reason;
  byId('reason').textContent = detail.reason || '';
  byId('cards').replaceChildren(...cards(detail));
  byId('cards').classList.toggle('found', Boolean(detail.failure_words || detail.diagnostics.length));
  const secrets = document.querySelector('[data-action="secrets"]');
  secrets.hidden = !detail.hides && !state.shown;
  secrets.setAttribute('aria-pressed', String(state.shown));
  secrets.firstChild.textContent = state.shown ? 'Hide secrets ' : 'Show secrets ';
  const impossible = { event: detail.event == null, replay: detail.connection || !detail.replayable };
  for (const name of ['edit', 'curl', 'saveCase', 'copyCase']) impossible[name] = detail.connection;
  for (const [name, is] of Object.entries(impossible)) document.querySelector(`[data-action="${name}"]`).disabled = is;
}

function about(name, value) {
  return make('span', {}, `${name} `, make('b', {}, value));
}

/** What happened, in its order; what there is to say of the result comes first. */
function cards(detail) {
  const { request, response } = detail;
  const failure = detail.failure_words && { severity: 'error', code: detail.failure, message: detail.failure_words };
  const findings = [...(failure ? [failure] : []), ...detail.diagnostics];
  const part = (name, content, otherwise) => (content ? card(name, '', text(content)) : card(name, otherwise));
  const parts = [
    card('Request', size(request.body), fields(request.headers), body(request.body)),
    part('Event', detail.event, 'none was made'),
    part('Log', detail.log, 'nothing was written'),
    part('Result', detail.result, detail.function ? 'the function gave none' : 'no function was invoked'),
    card('Response', size(response.body), fields(response.headers), body(response.body)),
  ];
  if (!findings.length) return [...parts, card('Diagnostics', detail.result ? 'the result is fine' : 'nothing to judge')];
  return [card('Diagnostics', counted(findings.length), make('ul', { class: 'findings' }, ...findings.map(finding))), ...parts];
}

const counted = (number) => (number === 1 ? '1 finding' : `${number} findings`);

function card(name, meta, ...content) {
  const id = `card-${name.toLowerCase()}`;
  const inside = content.filter(Boolean);
  // What is too long is scrolled, also by keys.
  const scrolls = inside.length ? { class: 'card', tabindex: '0' } : { class: 'card empty' };
  return make('section', { ...scrolls, 'aria-labelledby': id },
    make('header', {}, make('h3', { id }, name), make('p', {}, meta)), ...inside);
}

function size(own) {
  if (!own.bytes) return 'no body';
  const length = own.bytes < 1024 ? `${own.bytes} bytes` : `${(own.bytes / 1024).toFixed(1)} KB`;
  const notes = [length, own.base64 && 'in base64', own.cut && 'the start of it is kept'];
  return notes.filter(Boolean).join(', ');
}

function fields(headers) {
  if (!headers.length) return null;
  const field = ([name, value]) => make('div', {}, make('dt', {}, `${name}: `), make('dd', {}, ...withHidden(value)));
  return make('dl', { class: 'fields' }, ...headers.map(field));
}

function body(own) {
  return own.bytes ? text(own.pretty || own.text, own.pretty != null) : null;
}

/** A text as it is; JSON in colours. */
function text(content, isJson = /^[[{"]/.test(content)) {
  const isColoured = isJson && content.length < MOST_COLOURED;
  return make('pre', {}, ...(isColoured ? coloured(content) : withHidden(content)));
}

function coloured(json) {
  const parts = [];
  let end = 0;
  for (const found of json.matchAll(/("(?:\\.|[^"\\])*")(\s*:)?|\b(?:true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g)) {
    parts.push(json.slice(end, found.index));
    const [whole, quoted, colon] = found;
    const kind = colon ? 'k' : quoted ? 't' : /[a-z]/.test(whole[0]) ? 'w' : 'n';
    parts.push(make('span', { class: kind }, ...withHidden(quoted || whole)), colon || '');
    end = found.index + whole.length;
  }
  return [...parts, json.slice(end)];
}

function withHidden(value) {
  return value.split(/(<hidden>)/).map((part) => (part === '<hidden>' ? make('span', { class: 'hid' }, part) : part));
}

function finding(own) {
  const place = [own.pointer, own.line && `line ${own.line}, column ${own.column}`, own.name && `apigw explain ${own.code}`];
  return make('li', {},
    make('p', {}, make('span', { class: `sev ${own.severity}` }, own.code), own.message),
    own.help ? make('p', { class: 'meta' }, own.help) : '',
    own.name ? make('p', { class: 'meta' }, place.filter(Boolean).join(' · ')) : '');
}

// ---- What can be done ----

let silence = 0;

function say(words) {
  byId('toast').textContent = words;
  byId('toast').classList.add('on');
  clearTimeout(silence);
  silence = setTimeout(() => byId('toast').classList.remove('on'), 3000);
}

/** Says also that secrets are hidden, where they are. */
function done(words, content) {
  say(content.includes('<hidden>') ? `${words}; secrets are hidden, x shows them` : words);
}

async function made(what) {
  return (await ask(`/records/${state.chosen}/${what}${secretsQuery()}`)).text();
}

async function copy(what, words, cut = (text) => text) {
  const content = cut(await made(what));
  try {
    await navigator.clipboard.writeText(content);
  } catch {
    throw new Error('The browser does not let this page copy');
  }
  done(words, content);
}

async function save(what, name, type, words) {
  const content = await made(what);
  const link = make('a', { href: URL.createObjectURL(new Blob([content], { type })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  done(words, content);
}

/** Shows a request that this page sent. */
function sent(record) {
  arrive(record);
  drawArrived();
  choose(record.id);
}

const actions = {
  async replay() {
    const record = await (await ask(`/records/${state.chosen}/replay`, { method: 'POST' })).json();
    sent(record);
    say(`Replayed: ${record.status} in ${lasted(record.took)}`);
  },
  edit: () => openEditor(),
  curl: () => copy('curl', 'Copied as curl'),
  event: () => save('event', `event-${state.chosen}.json`, 'application/json', 'Event saved'),
  saveCase: () => save('case', `case-${state.chosen}.apigw.yaml`, 'application/yaml', 'Test case saved'),
  // A suite has its target already: what is copied is the case alone.
  copyCase: () => copy('case', 'Test case copied', (suite) => suite.slice(suite.indexOf('  - name: '))),
  async secrets() {
    state.shown = !state.shown;
    await load();
  },
};

async function act(name) {
  if (!state.detail || state.detail.id !== state.chosen) return;
  if (document.querySelector(`[data-action="${name}"]`).disabled) return say('That cannot be done with this one');
  try {
    await actions[name]();
  } catch (error) {
    say(error.message);
  }
}

// ---- The editor ----

function openEditor() {
  const { request } = state.detail;
  byId('edit-method').value = request.method;
  byId('edit-target').value = request.target;
  byId('edit-headers').value = request.headers.map(([name, value]) => `${name}: ${value}`).join('\n');
  byId('edit-body').value = request.body.text;
  byId('edit-body-label').textContent = request.body.base64 ? 'Body, bytes in base64' : 'Body';
  byId('edit-note').hidden = !JSON.stringify(request.headers).includes('<hidden>') && !request.target.includes('<hidden>');
  byId('edit-error').textContent = request.body.cut ? 'Of the body only the start is kept.' : '';
  byId('edit').showModal();
  byId('edit-target').focus();
}

function edited() {
  const lines = byId('edit-headers').value.split('\n').filter((line) => line.trim());
  const headers = lines.map((line) => {
    const at = line.indexOf(':');
    if (at < 1) throw new Error(`“${line}” is no header: Name: value`);
    return [line.slice(0, at).trim(), line.slice(at + 1).trim()];
  });
  return {
    from: state.detail.id,
    method: byId('edit-method').value.trim(),
    target: byId('edit-target').value.trim(),
    headers,
    body: byId('edit-body').value,
    base64: state.detail.request.body.base64,
  };
}

async function sendEdited(event) {
  event.preventDefault();
  byId('edit-error').textContent = '';
  try {
    const record = await (await ask('/send', { method: 'POST', body: JSON.stringify(edited()) })).json();
    byId('edit').close();
    sent(record);
    say(`Sent: ${record.status} in ${lasted(record.took)}`);
  } catch (error) {
    byId('edit-error').textContent = error.message;
  }
}

// ---- Keys and clicks ----

function read() {
  if (!state.chosen) return;
  document.body.classList.add('reading');
  byId('title').focus();
}

function toList() {
  document.body.classList.remove('reading');
  byId('list').focus();
}

const keys = {
  j: () => move(1),
  ArrowDown: () => move(1),
  k: () => move(-1),
  ArrowUp: () => move(-1),
  Home: () => move(-MOST_ROWS),
  End: () => move(MOST_ROWS),
  Enter: read,
  Escape: toList,
  '/': () => (document.body.classList.remove('reading'), byId('filter').focus()),
  r: () => act('replay'),
  e: () => act('edit'),
  c: () => act('curl'),
  s: () => act('event'),
  t: () => act('saveCase'),
  y: () => act('copyCase'),
  x: () => act('secrets'),
  '?': () => byId('help').showModal(),
};

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) return;
  const { target, key } = event;
  if (target.matches('input, textarea')) return;
  // A text is scrolled and a button is pressed by keys of their own.
  if (target.matches('.card') && /^(Arrow|Home|End)/.test(key)) return;
  if (target.matches('button') && key === 'Enter') return;
  if (Object.hasOwn(keys, key)) {
    event.preventDefault();
    keys[key]();
  }
}

function onFilterKey(event) {
  if (event.key === 'Escape' && !byId('filter').value) toList();
  if (event.key === 'Enter' || event.key === 'ArrowDown') {
    event.preventDefault();
    byId('list').focus();
    if (!byId(`r${state.chosen}`)) move(0);
  }
}

function listen() {
  document.addEventListener('keydown', onKey);
  byId('filter').addEventListener('keydown', onFilterKey);
  byId('filter').addEventListener('input', () => {
    state.words = byId('filter').value.toLowerCase().split(/\s+/).filter(Boolean);
    drawList();
  });
  byId('list').addEventListener('click', (event) => {
    const chosen = event.target.closest('li');
    if (!chosen) return;
    choose(Number(chosen.id.slice(1)));
    document.body.classList.add('reading');
  });
  byId('back').addEventListener('click', toList);
  byId('help-open').addEventListener('click', () => byId('help').showModal());
  for (const button of document.querySelectorAll('[data-action]')) {
    button.addEventListener('click', () => act(button.dataset.action));
  }
  const form = byId('edit').querySelector('form');
  form.addEventListener('submit', sendEdited);
  form.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  byId('edit-cancel').addEventListener('click', () => byId('edit').close());
}

readToken();
listen();
window.addEventListener('hashchange', () => location.reload());
follow();
