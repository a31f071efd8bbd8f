// SPDX-License-Identifier: Apache-2.0

/** A real Chromium for the person who reads the mail. */
package io.github.cibapack.it.browser;
