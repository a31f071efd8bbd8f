// SPDX-License-Identifier: Apache-2.0
/** The pack is taken out of a server that has used it, and put back. */
package io.github.cibapack.it.removal;
