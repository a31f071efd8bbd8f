// SPDX-License-Identifier: Apache-2.0
/**
 * Localized texts, whose variables come from a closed list, the pages of the theme that show them,
 * and the checks of texts from outside before they are shown or logged. All packages may use it.
 */
package io.github.cibapack.text;
