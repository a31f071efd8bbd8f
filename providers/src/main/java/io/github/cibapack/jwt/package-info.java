// SPDX-License-Identifier: Apache-2.0
/**
 * What a JWT from outside may hold, judged before any library reads it: whole numbers of seconds
 * where dates are, and names that fit on one line of a log. Ground floor: every package may ask.
 */
package io.github.cibapack.jwt;
