// SPDX-License-Identifier: Apache-2.0
/**
 * The image, the compose file, and the files for Kubernetes: read in every run, run with {@code
 * -Pcontainers}.
 */
package io.github.cibapack.it.container;
