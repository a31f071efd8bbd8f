// SPDX-License-Identifier: Apache-2.0
/**
 * Messages with a link on their way to the user, whatever channel they take: tried again, handed on
 * to the next channel, told by events. Knows neither mail nor webhooks; channels call it.
 */
package io.github.cibapack.message;
