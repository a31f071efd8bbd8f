// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.hint;

import io.github.cibapack.policy.LoginHintForm;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/**
 * Finds the one user whom a {@code login_hint} (CIBA Core §7.1) names. A verified e-mail address
 * wins over somebody else's username that looks like it; two users that still match are nobody,
 * never a guess.
 */
final class LoginHint {

    private static final String EMAIL_PREFIX = "email:";
    private static final String OPAQUE_PREFIX = "opaque:";
    private static final String ISS_SUB_PREFIX = "iss_sub:";

    private final UserLookup users;
    private final KeycloakSession session;
    private final Set<LoginHintForm> accepted;

    LoginHint(KeycloakSession session) {
        this.users = new UserLookup(session);
        this.session = session;
        this.accepted = LoginHintForm.acceptedBy(session.getContext().getRealm());
    }

    /** The user, where the hint names exactly one. */
    Optional<UserModel> resolve(String hint) {
        String wanted = hint.strip();
        if (wanted.isEmpty()) {
            return Optional.empty();
        }
        Optional<UserModel> byVerifiedAddress = byVerifiedAddress(wanted);
        if (byVerifiedAddress.isPresent()) {
            return byVerifiedAddress;
        }
        Set<UserModel> found = new HashSet<>();
        found.addAll(where(LoginHintForm.EMAIL, users::byEmail, wanted));
        found.addAll(where(LoginHintForm.USERNAME, users::byUsername, wanted));
        found.addAll(where(LoginHintForm.ID, users::byId, wanted));
        structured(wanted).flatMap(users::by).ifPresent(found::add);
        return UserLookup.only(found);
    }

    private Optional<UserModel> byVerifiedAddress(String wanted) {
        Set<UserModel> verified = new HashSet<>(where(LoginHintForm.EMAIL, users::byEmail, wanted));
        verified.removeIf(user -> !user.isEmailVerified());
        return UserLookup.only(verified);
    }

    private Set<UserModel> where(
            LoginHintForm form, Function<String, Set<UserModel>> search, String wanted) {
        return accepted.contains(form) ? search.apply(wanted) : Set.of();
    }

    /** The JSON and the prefixed forms that users of other providers send (RFC 9493 §3). */
    private Optional<SubjectIdentifier> structured(String wanted) {
        Optional<SubjectIdentifier> identifier =
                wanted.startsWith("{") ? SubjectIdentifier.parse(wanted) : prefixed(wanted);
        return identifier.filter(this::isAccepted);
    }

    private Optional<SubjectIdentifier> prefixed(String wanted) {
        if (wanted.startsWith(EMAIL_PREFIX)) {
            return Optional.of(
                    new SubjectIdentifier.Email(wanted.substring(EMAIL_PREFIX.length())));
        }
        if (wanted.startsWith(OPAQUE_PREFIX)) {
            return Optional.of(
                    new SubjectIdentifier.Opaque(wanted.substring(OPAQUE_PREFIX.length())));
        }
        Optional<SubjectIdentifier> phone = SubjectIdentifier.PhoneNumber.spelled(wanted);
        if (phone.isPresent()) {
            return phone;
        }
        return wanted.startsWith(ISS_SUB_PREFIX)
                ? ofThisRealm(wanted.substring(ISS_SUB_PREFIX.length()))
                : Optional.empty();
    }

    /** An issuer holds colons itself, so only this realm's is unambiguous. */
    private Optional<SubjectIdentifier> ofThisRealm(String wanted) {
        String issuer = new IssuerUris(session).issuer();
        return Stream.of(issuer + ":", issuer + "/:")
                .filter(wanted::startsWith)
                .map(own -> wanted.substring(own.length()))
                .<SubjectIdentifier>map(
                        subject -> new SubjectIdentifier.IssuerSubject(issuer, subject))
                .findFirst();
    }

    private boolean isAccepted(SubjectIdentifier identifier) {
        if (identifier instanceof SubjectIdentifier.Aliases aliases) {
            return aliases.identifiers().stream().allMatch(this::isAccepted);
        }
        return accepted.contains(formOf(identifier));
    }

    private static LoginHintForm formOf(SubjectIdentifier identifier) {
        if (identifier instanceof SubjectIdentifier.Email) {
            return LoginHintForm.EMAIL;
        }
        if (identifier instanceof SubjectIdentifier.Opaque) {
            return LoginHintForm.OPAQUE;
        }
        if (identifier instanceof SubjectIdentifier.PhoneNumber) {
            return LoginHintForm.PHONE_NUMBER;
        }
        return identifier instanceof SubjectIdentifier.Account
                ? LoginHintForm.ACCOUNT
                : LoginHintForm.ISS_SUB;
    }
}
