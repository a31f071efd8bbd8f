/**
 * Authorization details (RFC 9396): read and judged, registered types, what a person sees of them,
 * and the way into tokens. Intake, page, mail, grant, discovery and health use it; it calls the
 * ground floor, and the notes of a redemption.
 */
package io.github.cibapack.details;
