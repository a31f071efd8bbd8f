// SPDX-License-Identifier: Apache-2.0
/** Who asks the user: this realm, or another server that speaks CIBA. */
package io.github.cibapack.onetime.provider;
