// SPDX-License-Identifier: Apache-2.0
'use strict';

// What both pages share: the mailbox, the list of exchanges, the clock, and the state as it comes.

const element = id => document.getElementById(id);

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

// The display of the device: its stage in words, what is asked, the time left.
function showDisplay(device, message, stages) {
    element('display').dataset.stage = device.stage;
    element('binding-message').textContent = message;
    if (element('stage').textContent !== stages[device.stage]) {
        element('stage').textContent = stages[device.stage];
    }
    expiresAt = device.expiresAt;
    element('detail').textContent = device.reason;
    showTimeLeft();
    document.querySelectorAll('[data-amount]').forEach(button => {
        button.disabled = device.stage === 'ASKING' || device.stage === 'WAITING';
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

// One exchange, folded where it only says "pending".
function exchangeEntry(exchange, path, error, request, answer) {
    const entry = create('li');
    const details = create('details');
    const summary = create('summary');
    summary.append(
        create('time', '', clock(exchange.at)),
        create('span', 'path', `POST ${path}`),
        create('span', outcomeClass(exchange.status, error), `${exchange.status} ${error}`.trim()),
        create('span', '', `${exchange.millis} ms`));
    const messages = create('div', 'messages');
    messages.append(create('pre', '', request), create('pre', '', answer));
    details.append(summary, messages);
    details.open = error !== 'authorization_pending';
    entry.append(details);
    return entry;
}

function showLists(mails, exchanges, entryOf) {
    element('no-mail').hidden = mails.length > 0;
    addNew(element('mails'), mails, mail => mail.number, mailEntry);
    element('no-exchange').hidden = exchanges.length > 0;
    addNew(element('exchanges'), exchanges, exchange => exchange.at, entryOf);
}

// Calls show with the state now and whenever it has changed; presses go to the device.
function start(device, show) {
    document.querySelectorAll('[data-amount]').forEach(button => {
        button.addEventListener('click', () => fetch(`/${device}/${button.dataset.amount}`, {method: 'POST'}));
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
}
