// SPDX-License-Identifier: Apache-2.0
/** How the user is reached: the authentication-channel provider, its routing and the magic link. */
package io.github.cibapack.channel;
