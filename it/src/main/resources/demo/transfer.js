// SPDX-License-Identifier: Apache-2.0
'use strict';

const STAGES = {
    READY: 'How much for Bob?',
    ASKING: 'Calling the API …',
    WAITING: 'The gateway waits for your approval by e-mail',
    DONE: 'Done. The API has sent it.',
    DENIED: 'Denied. Nothing reached the API.',
    EXPIRED: 'Alice did not answer in time. Nothing reached the API.',
    FAILED: 'That did not work.',
};

const FIRST_CLAIMS = ['binding_message', 'sub', 'caller', 'azp', 'auth_req_id', 'decided_at', 'htm', 'content_digest',
    'iss', 'aud', 'iat', 'exp'];

start('transfer', state => {
    showDisplay(state.transfer, state.transfer.message || 'My bank', STAGES);
    element('claims').hidden = showClaims(element('claim-rows'), state.transfer.receipt, FIRST_CLAIMS) === 0;
    showLists(state.mails, state.calls,
        call => exchangeEntry(call, call.path, call.error, call.request, call.answer));
});
