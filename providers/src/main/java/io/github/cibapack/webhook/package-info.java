// SPDX-License-Identifier: Apache-2.0
/** Events told to somebody else's server: signed, from a bounded queue, until they are taken. */
package io.github.cibapack.webhook;
