// SPDX-License-Identifier: Apache-2.0
'use strict';

// Fills the page with the story of its path, and shows the state of device, mailbox and exchanges as it comes.

const element = id => document.getElementById(id);

const story = STORIES[location.pathname];

const opened = new Set();

let selectedMail = null;
let expiresAt = 0;

function create(tag, className, text) {
    const node = document.createElement(tag);
    if (className) {
        node.className = className;
    }
    if (text !== undefined) {
        node.textContent = text;
    }
    return node;
}

function clock(iso) {
    return new Date(iso).toLocaleTimeString([], {hour12: false});
}

// Seconds since 1970 are for machines: the reader gets the time beside them.
function claimText(name, value) {
    if (['exp', 'iat', 'auth_time', 'nbf', 'decided_at'].includes(name)) {
        return `${value} (${new Date(value * 1000).toLocaleTimeString([], {hour12: false})})`;
    }
    return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

// The claims that tell the story come first; the rest follows by name.
function showClaims(table, claims, first) {
    const rank = name => (first.includes(name) ? first.indexOf(name) : first.length);
    const sorted = Object.entries(claims).sort(([one], [other]) => rank(one) - rank(other) || one.localeCompare(other));
    table.replaceChildren(...sorted.map(([name, value]) => {
        const row = create('tr');
        const head = create('th', '', name);
        head.scope = 'row';
        row.append(head, create('td', '', claimText(name, value)));
        return row;
    }));
    return sorted.length;
}

// The parts of the page that never change.
function tellStory() {
    document.title = `CIBA demo: ${story.title}`;
    element('title').textContent = story.title;
    element('stories').append(...Object.entries(STORIES).map(([path, other]) => {
        const link = create('a', '', other.link);
        link.href = path;
        if (other === story) {
            link.setAttribute('aria-current', 'page');
        }
        return link;
    }));
    element('steps').append(...story.steps.map(step => create('li', '', step)));
    element('device-title').append(`${story.name} `, create('small', '', story.role));
    element('buttons').setAttribute('aria-label', story.group);
    element('buttons').append(...Object.entries(story.buttons).map(([name, text]) => {
        const button = create('button', '', text);
        button.type = 'button';
        button.addEventListener('click', () => fetch(`/${story.device}/${name}`, {method: 'POST'}));
        return button;
    }));
    element('claims-title').textContent = story.claims;
    element('exchanges-between').textContent = story.between;
    element('phone').hidden = !story.rings;
}

// The display of the device: its stage in words, what is asked, the time left, and how to go on.
function showDisplay(display) {
    element('display').dataset.stage = display.stage;
    element('message').textContent = display.message || story.idle;
    if (element('stage').textContent !== story.stages[display.stage]) {
        element('stage').textContent = story.stages[display.stage];
    }
    expiresAt = display.expiresAt;
    element('detail').textContent = display.reason;
    showTimeLeft();
    element('what-happened').textContent = WHAT_HAPPENED[display.stage] || '';
    element('go-on').hidden = !(display.stage in WHAT_HAPPENED);
    element('claims').hidden = showClaims(element('claim-rows'), display.claims, story.firstClaims) === 0;
    element('buttons').querySelectorAll('button').forEach(button => {
        button.disabled = display.stage === 'ASKING' || display.stage === 'WAITING';
    });
}

function showTimeLeft() {
    if (expiresAt > 0) {
        const left = Math.max(0, expiresAt - Math.floor(Date.now() / 1000));
        element('detail').textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')} left`;
    }
}

function openMail(number) {
    selectedMail = number;
    opened.add(number);
    element('mail').src = `/mail/${number}`;
    element('mail').hidden = false;
    element('mails').querySelectorAll('button').forEach(markMail);
}

function markMail(button) {
    const number = Number(button.dataset.number);
    button.classList.toggle('unread', !opened.has(number));
    button.setAttribute('aria-pressed', String(number === selectedMail));
}

// Only what is new is added, so that a focused entry keeps its focus and an open one stays open.
function addNew(list, items, key, build) {
    const present = new Set(Array.from(list.children, child => child.dataset.key));
    items.filter(item => !present.has(String(key(item)))).reverse().forEach(item => {
        const node = build(item);
        node.dataset.key = key(item);
        list.prepend(node);
    });
}

function mailEntry(mail) {
    const entry = create('li');
    const button = create('button');
    button.type = 'button';
    button.dataset.number = mail.number;
    button.append(create('span', 'subject', mail.subject), create('time', '', clock(mail.receivedAt)),
        create('span', 'from', mail.from));
    button.addEventListener('click', () => openMail(mail.number));
    markMail(button);
    entry.append(button);
    return entry;
}

// An answer that says "wait" is no fault.
function outcomeClass(status, error) {
    if (['authorization_pending', 'slow_down'].includes(error)) {
        return 'pending';
    }
    return status < 400 ? 'ok' : 'error';
}

// One exchange, folded if it only says "pending".
function exchangeEntry(exchange) {
    const entry = create('li');
    const details = create('details');
    const summary = create('summary');
    summary.append(
        create('time', '', clock(exchange.at)),
        create('span', 'path', `POST ${exchange.path}`),
        create('span', outcomeClass(exchange.status, exchange.error), `${exchange.status} ${exchange.error}`.trim()),
        create('span', '', `${exchange.millis} ms`));
    const messages = create('div', 'messages');
    messages.append(create('pre', '', exchange.request), create('pre', '', exchange.answer));
    details.append(summary, messages);
    details.open = exchange.error !== 'authorization_pending';
    entry.append(details);
    return entry;
}

function ringEntry(ring) {
    const entry = create('li');
    const link = create('a', 'subject', `${ring.title}: ${ring.message}`);
    link.href = ring.link;
    link.target = '_blank';
    link.rel = 'noopener';
    entry.append(link, create('time', '', clock(ring.at)));
    return entry;
}

function show(state) {
    showDisplay(state.displays[story.device]
        || {stage: 'READY', message: '', expiresAt: 0, reason: '', claims: {}});
    const exchanges = state.exchanges[story.device] || [];
    element('no-ring').hidden = state.rings.length > 0;
    addNew(element('rings'), state.rings, ring => ring.id, ringEntry);
    element('no-mail').hidden = state.mails.length > 0;
    addNew(element('mails'), state.mails, mail => mail.number, mailEntry);
    element('no-exchange').hidden = exchanges.length > 0;
    addNew(element('exchanges'), exchanges, exchange => exchange.at, exchangeEntry);
}

tellStory();
const events = new EventSource('/events');
events.addEventListener('message', message => show(JSON.parse(message.data)));
events.addEventListener('open', () => {
    element('offline').hidden = true;
});
events.addEventListener('error', () => {
    element('offline').hidden = false;
});
setInterval(showTimeLeft, 1000);
