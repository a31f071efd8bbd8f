// SPDX-License-Identifier: Apache-2.0
/** What admins do over REST: {@code /admin/realms/{realm}/ciba}. */
package io.github.cibapack.admin;
