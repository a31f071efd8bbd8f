// SPDX-License-Identifier: Apache-2.0
/**
 * What a signed word about an approval says: to an API that a gateway lets a request through to,
 * and to the user who has approved.
 */
package io.github.cibapack.receipt;
