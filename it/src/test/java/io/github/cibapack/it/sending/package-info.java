// SPDX-License-Identifier: Apache-2.0
/** What leaves the server, and what is told of it: mails, pings, webhooks, metrics, log lines. */
package io.github.cibapack.it.sending;
