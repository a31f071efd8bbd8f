// SPDX-License-Identifier: Apache-2.0
/** The page behind the magic link and the decision made on it. */
package io.github.cibapack.approval;
