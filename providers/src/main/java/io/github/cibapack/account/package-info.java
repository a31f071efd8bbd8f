// SPDX-License-Identifier: Apache-2.0
/** What a user's account asks of a login: a second factor, things to do first. */
package io.github.cibapack.account;
