// SPDX-License-Identifier: Apache-2.0
/** What a newcomer tries first: the lines of the README and the demo. */
package io.github.cibapack.it.demo;
