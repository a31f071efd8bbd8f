// SPDX-License-Identifier: Apache-2.0
/** What a person is told to consent to, beside Keycloak's own consent screen and the tokens. */
package io.github.cibapack.it.consent;
