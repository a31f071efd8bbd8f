// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.hint;

import io.github.cibapack.text.StorableText;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserProvider;

/**
 * Finds users by the ways in which they can be named. Whatever matches two users names nobody: a
 * guess would ask the wrong person.
 */
final class UserLookup {
    /** The attributes that Keycloak's own phone scope maps (OpenID Connect Core §5.1). */
    private static final String PHONE_NUMBER = "phoneNumber";

    private static final String PHONE_NUMBER_VERIFIED = "phoneNumberVerified";
    private static final String ACCOUNT_SCHEME = "acct:";

    /** Two are as good as any number: they name nobody. */
    private static final int MORE_THAN_ONE = 2;

    private final KeycloakSession session;
    private final RealmModel realm;
    private final UserProvider users;

    UserLookup(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.users = session.users();
    }

    Set<UserModel> byId(String id) {
        return isSearchable(id) ? one(users.getUserById(realm, id)) : Set.of();
    }

    Set<UserModel> byUsername(String username) {
        return isSearchable(username) ? one(users.getUserByUsername(realm, username)) : Set.of();
    }

    /** Everyone with this address, verified or not. */
    Set<UserModel> byEmail(String address) {
        if (!address.contains("@") || !isSearchable(address)) {
            return Set.of();
        }
        if (!realm.isDuplicateEmailsAllowed()) {
            return one(users.getUserByEmail(realm, address));
        }
        Map<String, String> search = Map.of(UserModel.EMAIL, address, UserModel.EXACT, "true");
        return set(
                users.searchForUserStream(realm, search, null, null)
                        .filter(user -> address.equalsIgnoreCase(user.getEmail())));
    }

    /** The claim {@code sub} of a hint token: a user id or a username. */
    Optional<UserModel> bySubject(String subject) {
        Set<UserModel> found = new HashSet<>(byId(subject));
        found.addAll(byUsername(subject));
        return only(found);
    }

    Optional<UserModel> by(SubjectIdentifier identifier) {
        return identifier instanceof SubjectIdentifier.Aliases aliases
                ? byAliases(aliases)
                : only(candidates(identifier));
    }

    /** The one user of a set; nobody where there are two. */
    static Optional<UserModel> only(Set<UserModel> users) {
        return users.size() == 1 ? Optional.of(users.iterator().next()) : Optional.empty();
    }

    private Set<UserModel> candidates(SubjectIdentifier identifier) {
        if (identifier instanceof SubjectIdentifier.Opaque opaque) {
            return byId(opaque.id());
        }
        if (identifier instanceof SubjectIdentifier.Email email) {
            return verified(email.address());
        }
        if (identifier instanceof SubjectIdentifier.PhoneNumber phone) {
            return byPhoneNumber(phone.number());
        }
        if (identifier instanceof SubjectIdentifier.IssuerSubject issuerSubject) {
            return byIssuerSubject(issuerSubject);
        }
        if (identifier instanceof SubjectIdentifier.Account account) {
            return byAccount(account.uri());
        }
        return Set.of();
    }

    /**
     * All that name somebody must name the same one (RFC 9493 §3.2.8: one and the same subject).
     */
    private Optional<UserModel> byAliases(SubjectIdentifier.Aliases aliases) {
        Set<UserModel> found = new HashSet<>();
        aliases.identifiers().forEach(identifier -> found.addAll(candidates(identifier)));
        return only(found);
    }

    /** An address that nobody has shown to be theirs names nobody in a token. */
    private Set<UserModel> verified(String address) {
        return set(byEmail(address).stream().filter(UserModel::isEmailVerified));
    }

    private Set<UserModel> byPhoneNumber(String number) {
        if (!isSearchable(number)) {
            return Set.of();
        }
        return set(
                users.searchForUserByUserAttributeStream(realm, PHONE_NUMBER, number)
                        .filter(UserLookup::isPhoneNumberVerified));
    }

    private static boolean isPhoneNumberVerified(UserModel user) {
        return "true".equals(user.getFirstAttribute(PHONE_NUMBER_VERIFIED));
    }

    /** This realm's own issuer, or that of an identity provider to which users are linked. */
    private Set<UserModel> byIssuerSubject(SubjectIdentifier.IssuerSubject identifier) {
        if (withoutSlash(identifier.issuer()).equals(new IssuerUris(session).issuer())
                || !isSearchable(identifier.subject())) {
            return byId(identifier.subject());
        }
        String subject = identifier.subject();
        return set(
                providers(identifier.issuer()).stream()
                        .map(IdentityProviderModel::getAlias)
                        .map(alias -> new FederatedIdentityModel(alias, subject, null))
                        .map(linked -> users.getUserByFederatedIdentity(realm, linked))
                        .filter(Objects::nonNull));
    }

    /** Those with this issuer; else, as some SDKs add a slash to it, those that differ by that. */
    @SuppressWarnings("deprecation") // the query that replaces it is not there before 26.5
    private List<IdentityProviderModel> providers(String issuer) {
        String wanted = withoutSlash(issuer);
        List<IdentityProviderModel> near =
                session.identityProviders()
                        .getAllStream()
                        .filter(provider -> !issuerOf(provider).isEmpty())
                        .filter(provider -> withoutSlash(issuerOf(provider)).equals(wanted))
                        .toList();
        List<IdentityProviderModel> exact =
                near.stream().filter(provider -> issuer.equals(issuerOf(provider))).toList();
        return exact.isEmpty() ? near : exact;
    }

    private static String issuerOf(IdentityProviderModel provider) {
        return Objects.requireNonNullElse(provider.getConfig().get("issuer"), "");
    }

    private static String withoutSlash(String issuer) {
        return issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
    }

    /** {@code acct:user@host}: a verified address, or, at this server's own host, a username. */
    private Set<UserModel> byAccount(String uri) {
        if (!uri.regionMatches(true, 0, ACCOUNT_SCHEME, 0, ACCOUNT_SCHEME.length())) {
            return Set.of();
        }
        String account = uri.substring(ACCOUNT_SCHEME.length());
        int at = account.lastIndexOf('@');
        if (at < 1) {
            return Set.of();
        }
        Set<UserModel> found = new HashSet<>(verified(account));
        if (account.substring(at + 1).equalsIgnoreCase(new IssuerUris(session).host())) {
            found.addAll(byUsername(account.substring(0, at)));
        }
        return found;
    }

    /** No name holds a control character, and not every database takes one. */
    private static boolean isSearchable(String text) {
        return StorableText.isOne(text) && text.chars().noneMatch(Character::isISOControl);
    }

    private static Set<UserModel> one(UserModel user) {
        return user == null ? Set.of() : Set.of(user);
    }

    private static Set<UserModel> set(Stream<UserModel> users) {
        return Set.copyOf(users.limit(MORE_THAN_ONE).toList());
    }
}
