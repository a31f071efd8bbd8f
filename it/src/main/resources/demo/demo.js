// SPDX-License-Identifier: Apache-2.0
'use strict';

const element = id => document.getElementById(id);

const STAGES = {
    READY: 'How much gas?',
    ASKING: 'Asking Keycloak …',
    WAITING: 'Waiting for Alice to approve by e-mail',
    RELEASED: 'Pump released. Fill up!',
    DENIED: 'Denied. The pump stays locked.',
    EXPIRED: 'Nobody answered in time.',
    FAILED: 'That did not work.',
};

const opened = new Set();
// The claims that tell the story come first; the rest follows by name.
const FIRST_CLAIMS = ['sub', 'preferred_username', 'name', 'iss', 'aud', 'auth_time', 'acr', 'iat', 'exp'];

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
    if (['exp', 'iat', 'auth_time', 'nbf'].includes(name)) {
        return `${value} (${new Date(value * 1000).toLocaleTimeString([], {hour12: false})})`;
    }
    return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function claimOrder([one], [other]) {
    const rank = name => (FIRST_CLAIMS.includes(name) ? FIRST_CLAIMS.indexOf(name) : FIRST_CLAIMS.length);
    return rank(one) - rank(other) || one.localeCompare(other);
}

function showPump(pump) {
    const busy = pump.stage === 'ASKING' || pump.stage === 'WAITING';
    element('display').dataset.stage = pump.stage;
    element('binding-message').textContent = pump.bindingMessage || 'Pump 4';
    if (element('stage').textContent !== STAGES[pump.stage]) {
        element('stage').textContent = STAGES[pump.stage];
    }
    expiresAt = pump.expiresAt;
    element('detail').textContent = pump.reason;
    showTimeLeft();
    document.querySelectorAll('[data-amount]').forEach(button => {
        button.disabled = busy;
    });
    const claims = Object.entries(pump.claims).sort(claimOrder);
    element('claims').hidden = claims.length === 0;
    element('claim-rows').replaceChildren(...claims.map(([name, value]) => {
        const row = create('tr');
        const head = create('th', '', name);
        head.scope = 'row';
        row.append(head, create('td', '', claimText(name, value)));
        return row;
    }));
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

function requestText(exchange) {
    const uri = new URL(exchange.uri);
    const lines = [`POST ${uri.pathname} HTTP/1.1`, `Host: ${uri.host}`];
    if (exchange.authorization) {
        lines.push(`Authorization: ${exchange.authorization}`);
    }
    lines.push('Content-Type: application/x-www-form-urlencoded', '');
    return lines.concat(exchange.form.map(parameter => `${parameter.name}=${parameter.value}`)).join('\n');
}

function outcome(exchange) {
    try {
        return JSON.parse(exchange.answer).error || '';
    } catch (notJson) {
        return '';
    }
}

function exchangeEntry(exchange) {
    const entry = create('li');
    const details = create('details');
    const summary = create('summary');
    const error = outcome(exchange);
    summary.append(
        create('time', '', clock(exchange.at)),
        create('span', 'path', `POST ${new URL(exchange.uri).pathname}`),
        create('span', exchange.status < 400 ? 'ok' : 'error', `${exchange.status} ${error}`.trim()),
        create('span', '', `${exchange.millis} ms`));
    const messages = create('div', 'messages');
    messages.append(create('pre', '', requestText(exchange)),
        create('pre', '', `HTTP/1.1 ${exchange.status}\n\n${exchange.answer}`));
    details.append(summary, messages);
    // Polls that only say "pending" stay folded.
    details.open = error !== 'authorization_pending';
    entry.append(details);
    return entry;
}

function show(state) {
    showPump(state.pump);
    element('no-mail').hidden = state.mails.length > 0;
    addNew(element('mails'), state.mails, mail => mail.number, mailEntry);
    element('no-exchange').hidden = state.exchanges.length > 0;
    addNew(element('exchanges'), state.exchanges, exchange => exchange.at, exchangeEntry);
}

document.querySelectorAll('[data-amount]').forEach(button => {
    button.addEventListener('click', () => fetch(`/pump/${button.dataset.amount}`, {method: 'POST'}));
});

const events = new EventSource('/events');
events.addEventListener('message', message => show(JSON.parse(message.data)));
events.addEventListener('open', () => {
    element('offline').hidden = true;
});
events.addEventListener('error', () => {
    element('offline').hidden = false;
});
setInterval(showTimeLeft, 1000);
