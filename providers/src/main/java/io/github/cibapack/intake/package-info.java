// SPDX-License-Identifier: Apache-2.0
/**
 * What the relying party asked: parse, validate, accept. Called by the endpoints, calls hint,
 * channel and store.
 */
package io.github.cibapack.intake;
