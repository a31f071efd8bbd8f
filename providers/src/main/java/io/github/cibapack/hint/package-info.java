// SPDX-License-Identifier: Apache-2.0
/** Who is meant: the login-user resolver. Knows nothing of channels and e-mail. */
package io.github.cibapack.hint;
