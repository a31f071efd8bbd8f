// SPDX-License-Identifier: Apache-2.0
/** The channel {@code webhook}, and channels that follow one another in time. */
package io.github.cibapack.it.channel;
