/**
 * Resource indicators (RFC 8707): read, checked against what tokens of the client are for, shown,
 * and made the audience of access tokens. Intake, page, mail and grant use it; it calls texts,
 * links, names of events, the client's context and the notes of a redemption alone.
 */
package io.github.cibapack.resource;
