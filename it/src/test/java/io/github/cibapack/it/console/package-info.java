// SPDX-License-Identifier: Apache-2.0
/** The settings as an admin meets them: in the admin console and in the REST API. */
package io.github.cibapack.it.console;
