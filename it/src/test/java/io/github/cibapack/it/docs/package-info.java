/**
 * The documentation: its commands are run, its links and its words are checked. Nothing else calls
 * this.
 */
package io.github.cibapack.it.docs;
