/**
 * Authorization details (RFC 9396): read and judged, registered types, what a person sees of them,
 * and the way into tokens. Intake, page, mail, grant and discovery use it; it calls texts, links
 * and names of events alone.
 */
package io.github.cibapack.details;
