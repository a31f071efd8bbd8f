// SPDX-License-Identifier: Apache-2.0
/**
 * The approval page without a browser: its form, its token, its cookie. The tests of what it shows
 * and to whom are in the package of the same name beside.
 */
package io.github.cibapack.it.page;
