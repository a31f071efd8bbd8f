// SPDX-License-Identifier: Apache-2.0
/** What becomes of a request, and how that is answered. */
package io.github.cibapack.onetime.evaluation;
