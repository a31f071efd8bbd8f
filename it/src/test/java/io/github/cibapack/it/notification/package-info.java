// SPDX-License-Identifier: Apache-2.0
/** Limits of notifications, and what a client learns of users whom it may not ask. */
package io.github.cibapack.it.notification;
