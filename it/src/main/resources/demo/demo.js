// SPDX-License-Identifier: Apache-2.0
'use strict';

const STAGES = {
    READY: 'How much gas?',
    ASKING: 'Asking Keycloak …',
    WAITING: 'Waiting for Alice to approve by e-mail',
    RELEASED: 'Pump released. Fill up!',
    DENIED: 'Denied. The pump stays locked.',
    REFUSED: 'Alice is not asked now.',
    EXPIRED: 'Alice did not answer in time.',
    FAILED: 'That did not work.',
};

const FIRST_CLAIMS = ['sub', 'preferred_username', 'name', 'iss', 'aud', 'auth_time', 'acr', 'iat', 'exp'];

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

function pumpExchange(exchange) {
    return exchangeEntry(exchange, new URL(exchange.uri).pathname, outcome(exchange), requestText(exchange),
        `HTTP/1.1 ${exchange.status}\n\n${exchange.answer}`);
}

start('pump', state => {
    showDisplay(state.pump, state.pump.bindingMessage || 'Pump 4', STAGES);
    element('claims').hidden = showClaims(element('claim-rows'), state.pump.claims, FIRST_CLAIMS) === 0;
    element('go-on').hidden = state.pump.stage !== 'REFUSED';
    if (state.exchanges.length > 0) {
        element('requests').href = state.exchanges[0].uri.replace(/\/as\/.*/, '/ciba/requests');
    }
    showLists(state.mails, state.exchanges, pumpExchange);
});
