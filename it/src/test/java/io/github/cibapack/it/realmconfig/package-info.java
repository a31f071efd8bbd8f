// SPDX-License-Identifier: Apache-2.0
/** The files of {@code realm-config}, each imported and then used. */
package io.github.cibapack.it.realmconfig;
