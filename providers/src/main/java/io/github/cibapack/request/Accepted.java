// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.request;

/**
 * The acknowledgement of a request (CIBA Core §7.3).
 *
 * @param authReqId what the relying party polls with
 * @param expiresIn lifetime in seconds
 * @param interval least seconds between two polls
 */
public record Accepted(String authReqId, int expiresIn, int interval) {}
