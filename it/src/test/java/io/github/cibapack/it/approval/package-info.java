// SPDX-License-Identifier: Apache-2.0
/** What a person can do on the approval page and in the inbox beyond approving and denying. */
package io.github.cibapack.it.approval;
