// SPDX-License-Identifier: Apache-2.0
/**
 * Localized texts: looked up raw, a closed list of variables replaced literally; and texts from
 * outside, fit for a line of the log. Ground floor, shared by all.
 */
package io.github.cibapack.text;
