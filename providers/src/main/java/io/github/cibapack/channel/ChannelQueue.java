// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.channel;

/**
 * The queue of a channel that sends messages, with what an admin need not say about it. The name
 * begins the names of the server's options.
 *
 * @param name of the queue
 * @param places messages that may wait or be on their way
 * @param workers threads
 * @param drainSeconds for which it goes on sending when the server stops
 */
public record ChannelQueue(String name, int places, int workers, int drainSeconds) {}
