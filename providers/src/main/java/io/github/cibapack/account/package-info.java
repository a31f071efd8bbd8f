// SPDX-License-Identifier: Apache-2.0
/** The parts of a user's account that a login depends on: second factors and required actions. */
package io.github.cibapack.account;
