// SPDX-License-Identifier: Apache-2.0
/**
 * Localized texts: looked up raw, a closed list of variables replaced literally. Ground floor,
 * shared by e-mail and page.
 */
package io.github.cibapack.text;
