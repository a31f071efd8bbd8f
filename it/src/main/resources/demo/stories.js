// SPDX-License-Identifier: Apache-2.0
'use strict';

const PUMP = {
    name: 'Petrol pump',
    role: 'consumption device: where Alice wants something',
    idle: 'Pump 4',
    group: 'Amount',
    buttons: {20: '$20', 50: '$50', 80: '$80'},
    between: 'pump and Keycloak, newest first',
    claims: 'Claims of the verified ID token',
    firstClaims: ['sub', 'preferred_username', 'name', 'iss', 'aud', 'auth_time', 'acr', 'iat', 'exp'],
    stages: {
        READY: 'How much gas?',
        ASKING: 'Asking Keycloak …',
        WAITING: 'Waiting for Alice to approve by e-mail',
        DONE: 'Pump released. Fill up!',
        DENIED: 'Denied. The pump stays locked.',
        REFUSED: 'Alice is not asked now.',
        EXPIRED: 'Alice did not answer in time.',
        FAILED: 'That did not work.',
    },
};

const RECEIPT = {
    claims: 'Receipt that the API has verified',
    firstClaims: ['binding_message', 'authorization_details', 'sub', 'caller', 'azp', 'auth_req_id', 'decided_at', 'htm',
        'content_digest', 'iss', 'aud', 'iat', 'exp'],
};

// By the path of the page.
const STORIES = {
    '/': {
        ...PUMP,
        device: 'pump',
        link: 'Petrol pump',
        title: 'Pay at the pump, approve by e\u2011mail',
        steps: ['Choose an amount on the pump.', 'Open the mail that arrives for Alice.',
            'Compare the message, follow the link, approve or deny.'],
    },
    '/transfer': {
        ...RECEIPT,
        device: 'transfer',
        link: 'Transfer money',
        title: 'Send money, approve this one transfer',
        steps: ['Choose an amount in the app: it calls the API, and the gateway asks first.',
            'Open the mail that arrives for Alice.', 'Compare the message, follow the link, approve or deny.',
            'The app repeats its call. The approved one passes, once.'],
        name: 'Alice’s banking app',
        role: 'calls an API behind a gateway with a one-time rule',
        idle: 'My bank',
        group: 'Amount',
        buttons: {20: 'Send $20 to Bob', 50: 'Send $50 to Bob', 80: 'Send $80 to Bob'},
        between: 'app and gateway, newest first',
        stages: {
            READY: 'How much for Bob?',
            ASKING: 'Calling the API …',
            WAITING: 'The gateway waits for your approval by e-mail',
            DONE: 'Done. The API has sent it.',
            DENIED: 'Denied. Nothing reached the API.',
            REFUSED: 'Alice is not asked now. Nothing reached the API.',
            EXPIRED: 'Alice did not answer in time. Nothing reached the API.',
            FAILED: 'That did not work.',
        },
    },
    '/phone': {
        ...PUMP,
        device: 'phone',
        link: 'A phone that rings',
        title: 'A phone that rings, then a mail',
        steps: ['Choose an amount on the pump. Alice’s phone rings at once.',
            'Answer it by its link, or wait: after 15 seconds a mail follows.',
            'Approve in one of them. The other one then asks no more.'],
        stages: {...PUMP.stages, WAITING: 'The phone rings; a mail follows after 15 seconds'},
        rings: true,
    },
    '/agent': {
        ...RECEIPT,
        device: 'agent',
        link: 'An AI agent that asks',
        title: 'An AI agent asks before it acts',
        steps: ['Tell the agent for how many nights. It reads the list of tools, which needs no approval.',
            'It calls the tool that books, and the gateway asks Alice first.',
            'Open the mail: it shows the tool and its arguments. Approve or deny.',
            'The agent repeats its call. The approved one passes, once.'],
        name: 'Alice’s travel agent (AI)',
        role: 'calls the tools of an MCP server behind a gateway',
        idle: 'Trip to Lisbon',
        group: 'Nights',
        buttons: {1: 'Book 1 night', 2: 'Book 2 nights', 3: 'Book 3 nights'},
        between: 'agent and gateway, newest first',
        stages: {
            READY: 'How many nights?',
            ASKING: 'Calling the tool …',
            WAITING: 'The agent waits for Alice’s approval by e-mail',
            DONE: 'Booked, as Alice has approved it.',
            DENIED: 'Denied. The tool was not used.',
            REFUSED: 'Alice is not asked now. The tool was not used.',
            EXPIRED: 'Alice did not answer in time. The tool was not used.',
            FAILED: 'That did not work.',
        },
    },
};

// What a person reads beside a red display, with the way to go on.
const WHAT_HAPPENED = {
    DENIED: 'Alice has denied. If she pressed “I did not start this”, this application cannot ask her for 15 minutes.',
    REFUSED: 'Alice has said that she did not start a request, so this application cannot ask her for 15 minutes.',
};
