// SPDX-License-Identifier: Apache-2.0
/** CIBA policies at run time: versions, variants, channels and what an admin may write. */
package io.github.cibapack.it.policy;
