// SPDX-License-Identifier: Apache-2.0
/** Templates, rendering and sending of the e-mail. Knows nothing of hints and limits. */
package io.github.cibapack.email;
