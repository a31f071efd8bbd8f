// SPDX-License-Identifier: Apache-2.0
/** The as endpoints and the documented error texts. Nothing depends on this package. */
package io.github.cibapack.pingone;
