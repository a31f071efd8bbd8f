// SPDX-License-Identifier: Apache-2.0
/** The {@code as} endpoints and their error texts. Nothing depends on this package. */
package io.github.cibapack.pingone;
