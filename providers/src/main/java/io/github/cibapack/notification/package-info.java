// SPDX-License-Identifier: Apache-2.0
/**
 * Applies notification policies: how many e-mails a user gets and how many requests may be pending.
 * Called before anything is stored. Knows nothing of hints and e-mail.
 */
package io.github.cibapack.notification;
