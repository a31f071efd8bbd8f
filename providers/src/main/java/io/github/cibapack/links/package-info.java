// SPDX-License-Identifier: Apache-2.0
/**
 * What the pack needs of the server's classes, as the build has listed it, and whether a server has
 * it. Class files are read and no class is loaded, so that looking changes nothing.
 */
package io.github.cibapack.links;
