// SPDX-License-Identifier: Apache-2.0
/** The approval page without a browser: its form, its token, its cookie. */
package io.github.cibapack.it.page;
