// SPDX-License-Identifier: Apache-2.0
/** The mail as it arrives. */
package io.github.cibapack.it.mail;
