// SPDX-License-Identifier: Apache-2.0
/** One-time authorization: requests that pass a gateway only when the user has approved them. */
package io.github.cibapack.it.onetime;
