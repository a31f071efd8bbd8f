// SPDX-License-Identifier: Apache-2.0
'use strict';

const STAGES = {
    READY: 'Choose an amount',
    ASKING: 'Asking Keycloak …',
    WAITING: 'The phone rings; a mail follows after 15 seconds',
    RELEASED: 'Pump released. Fill up!',
    DENIED: 'Denied. The pump stays locked.',
    REFUSED: 'Alice is not asked now.',
    EXPIRED: 'Alice did not answer in time.',
    FAILED: 'That did not work.',
};

function ringEntry(ring) {
    const entry = create('li');
    const link = create('a', 'subject', `${ring.title}: ${ring.message}`);
    link.href = ring.link;
    link.target = '_blank';
    link.rel = 'noopener';
    entry.append(link, create('time', '', clock(ring.at)));
    return entry;
}

function callEntry(exchange) {
    const error = (exchange.answer.match(/"error":"([^"]*)"/) || ['', ''])[1];
    return exchangeEntry(exchange, new URL(exchange.uri).pathname, error,
        exchange.form.map(parameter => `${parameter.name}=${parameter.value}`).join('\n'),
        `HTTP/1.1 ${exchange.status}\n\n${exchange.answer}`);
}

start('phone', state => {
    showDisplay(state.steps, state.steps.bindingMessage || 'Pump 4', STAGES);
    element('no-ring').hidden = state.rings.length > 0;
    addNew(element('rings'), state.rings, ring => ring.id, ringEntry);
    showLists(state.mails, state.exchanges, callEntry);
});
