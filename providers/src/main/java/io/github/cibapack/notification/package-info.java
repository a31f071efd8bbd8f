// SPDX-License-Identifier: Apache-2.0
/**
 * Notification policies at work: how many e-mails a person gets and how many requests may be
 * pending. Asked before anything is stored. Knows nothing of hints and e-mail.
 */
package io.github.cibapack.notification;
