// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.rp;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;

/**
 * One request of the relying party and its answer.
 *
 * @param at when the request was sent
 * @param took until the whole answer was there
 * @param uri where to
 * @param authorization the Authorization header; empty if there was none
 * @param form what was sent
 * @param answer what came back
 */
public record Exchange(
        Instant at, Duration took, URI uri, String authorization, Form form, Answer answer) {}
