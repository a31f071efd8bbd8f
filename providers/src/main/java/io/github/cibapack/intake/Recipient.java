// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.intake;

import java.util.Optional;
import org.keycloak.models.UserModel;

/**
 * Who is asked, and for what.
 *
 * @param user the user, or a decoy
 * @param scope what the user can grant
 * @param hidden why a decoy takes the user's place, which the relying party must not learn
 */
record Recipient(UserModel user, String scope, Optional<CibaErrorException> hidden) {}
