// SPDX-License-Identifier: Apache-2.0
//
// A relying party of the npm package openid-client. It finds the server by discovery, starts one
// authentication request, polls until it is decided, and says what happened in one JSON object a
// line. What to do comes as one JSON object on standard input:
//   issuer      the realm's issuer
//   clientId    who asks
//   method      client_secret_basic, client_secret_post, client_secret_jwt or private_key_jwt
//   secret      for the first three
//   key         a JWK, for the last one
//   parameters  of the authentication request
import * as client from 'openid-client'
import { webcrypto } from 'node:crypto'
import { text } from 'node:stream/consumers'

const say = (what) => process.stdout.write(JSON.stringify(what) + '\n')

async function authentication({ method, secret, key }) {
  switch (method) {
    case 'client_secret_basic':
      return client.ClientSecretBasic(secret)
    case 'client_secret_post':
      return client.ClientSecretPost(secret)
    case 'client_secret_jwt':
      return client.ClientSecretJwt(secret)
    case 'private_key_jwt': {
      const algorithm = { name: 'ECDSA', namedCurve: key.crv }
      const { kty, crv, x, y, d } = key
      const imported = await webcrypto.subtle.importKey(
        'jwk', { kty, crv, x, y, d }, algorithm, false, ['sign'])
      return client.PrivateKeyJwt({ key: imported, kid: key.kid })
    }
    default:
      throw new Error(`no such method: ${method}`)
  }
}

async function run(task) {
  const config = await client.discovery(
    new URL(task.issuer),
    task.clientId,
    {},
    await authentication(task),
    { execute: [client.allowInsecureRequests] })
  const started = await client.initiateBackchannelAuthentication(config, task.parameters)
  say({ started })
  // by itself the library gives up at this time; here the server is to say that it is over
  started.expires_in += 60
  const tokens = await client.pollBackchannelAuthenticationGrant(config, started)
  say({ claims: tokens.claims() })
  // the library may do once more what it has done: the id is used up
  await client.pollBackchannelAuthenticationGrant(config, started)
}

try {
  await run(JSON.parse(await text(process.stdin)))
} catch (e) {
  if (!(e instanceof client.ResponseBodyError) && !(e instanceof client.WWWAuthenticateChallengeError)) {
    throw e
  }
  say({ error: e.error ?? e.cause?.[0]?.scheme, status: e.status })
}
