// SPDX-License-Identifier: Apache-2.0
/** The server's clock. Everybody may call it, and it calls nobody. */
package io.github.cibapack.time;
