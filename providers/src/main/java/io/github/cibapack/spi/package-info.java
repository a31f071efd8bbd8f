// SPDX-License-Identifier: Apache-2.0
/** What provider factories share. Every package may use it; it uses none. */
package io.github.cibapack.spi;
