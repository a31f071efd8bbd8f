// SPDX-License-Identifier: Apache-2.0
/** What admins can see and do over REST, and what the server says after its start. */
package io.github.cibapack.it.admin;
