// SPDX-License-Identifier: Apache-2.0
/** What a release is made of: the folder that the JAR lies in, and the scripts of {@code .ci}. */
package io.github.cibapack.it.release;
