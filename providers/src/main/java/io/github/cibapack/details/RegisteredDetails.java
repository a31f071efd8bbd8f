// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.details;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cibapack.policy.InvalidSettingException;
import io.github.cibapack.text.LogLine;
import io.github.cibapack.text.UnfitException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.RealmModel;

/**
 * What client scopes register about authorization details: their types, of which a client may ask
 * for those of its own scopes, default and optional, and JSON Schemas of these types.
 */
public final class RegisteredDetails {
    /** Attribute of a client scope: types, with blanks, commas or ## between them. */
    public static final String TYPES = "authorization_details.types";

    /** Attribute of a client scope; the type follows. */
    public static final String SCHEMA = "authorization_details.schema.";

    private static final Pattern BETWEEN = Pattern.compile("##|[\\s,]+");

    private RegisteredDetails() {}

    /** Those that a client may ask for. */
    public static Set<String> of(ClientModel client) {
        return types(scopes(client));
    }

    /** The scopes whose types a client may ask for. */
    private static Stream<ClientScopeModel> scopes(ClientModel client) {
        return Stream.concat(
                client.getClientScopes(true).values().stream(),
                client.getClientScopes(false).values().stream());
    }

    /** Those of a realm, for its discovery documents. */
    public static Set<String> of(RealmModel realm) {
        return types(realm.getClientScopesStream());
    }

    /**
     * Refuses a type that the client may not ask for, and details that break a schema of their
     * type: all those of the client's scopes hold.
     *
     * @throws UnfitException names the parameter, not the types of others
     * @throws InvalidSettingException if a schema cannot be used
     */
    public static void require(AuthorizationDetails details, ClientModel client)
            throws UnfitException {
        if (!areRegistered(details, client)) {
            throw new UnfitException(
                    "The authorization_details have a type that is not registered for this"
                            + " client.",
                    "authorization_details_type");
        }
        List<ClientScopeModel> scopes = scopes(client).toList();
        int index = 0;
        for (JsonNode entry : details.entries()) {
            String attribute = SCHEMA + entry.get(AuthorizationDetails.TYPE).textValue();
            for (ClientScopeModel scope : scopes) {
                Optional<String> schema = Optional.ofNullable(scope.getAttribute(attribute));
                if (schema.isPresent()) {
                    usable(schema.get(), attribute, scope).require(entry, "/" + index);
                }
            }
            index++;
        }
    }

    /** Whether the client may ask for all of it. */
    public static boolean areRegistered(AuthorizationDetails details, ClientModel client) {
        return of(client).containsAll(details.types());
    }

    private static Set<String> types(Stream<ClientScopeModel> scopes) {
        return scopes.flatMap(scope -> Optional.ofNullable(scope.getAttribute(TYPES)).stream())
                .flatMap(BETWEEN::splitAsStream)
                .filter(type -> !type.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static DetailsSchema usable(String text, String attribute, ClientScopeModel scope) {
        DetailsSchema schema = DetailsSchema.of(text);
        if (schema.flaw().isPresent()) {
            throw new InvalidSettingException(
                    attribute,
                    "of client scope '%s' cannot be used: %s"
                            .formatted(
                                    LogLine.of(scope.getName()), LogLine.of(schema.flaw().get())));
        }
        return schema;
    }

    /**
     * A schema that does nothing, or refuses every request.
     *
     * @param scope name of the client scope
     * @param attribute of it
     * @param words what is wrong and follows its name
     */
    public record Flaw(String scope, String attribute, String words) {}

    /** What is wrong with the schemas of a realm. */
    public static List<Flaw> flaws(RealmModel realm) {
        List<Flaw> flaws = new ArrayList<>();
        realm.getClientScopesStream().forEach(scope -> addFlaws(scope, flaws));
        return flaws;
    }

    private static void addFlaws(ClientScopeModel scope, List<Flaw> flaws) {
        Set<String> types = types(Stream.of(scope));
        for (Map.Entry<String, String> attribute : scope.getAttributes().entrySet()) {
            String name = attribute.getKey();
            if (name.startsWith(SCHEMA)) {
                Optional<String> flaw =
                        types.contains(name.substring(SCHEMA.length()))
                                ? DetailsSchema.of(attribute.getValue()).flaw()
                                : Optional.of("the scope does not register its type in " + TYPES);
                flaw.ifPresent(words -> flaws.add(new Flaw(scope.getName(), name, words)));
            }
        }
    }
}
