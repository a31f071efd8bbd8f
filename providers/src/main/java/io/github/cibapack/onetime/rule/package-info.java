// SPDX-License-Identifier: Apache-2.0
/** One-time authorization rules and rejection handlers, as an admin writes them down. */
package io.github.cibapack.onetime.rule;
