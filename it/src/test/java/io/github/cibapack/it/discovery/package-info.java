// SPDX-License-Identifier: Apache-2.0

/** What the server says of itself. */
package io.github.cibapack.it.discovery;
