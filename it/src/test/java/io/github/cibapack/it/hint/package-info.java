// SPDX-License-Identifier: Apache-2.0
/** Who is meant: the three hints of CIBA Core §7.1, each check broken on its own. */
package io.github.cibapack.it.hint;
