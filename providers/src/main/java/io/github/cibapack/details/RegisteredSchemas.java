// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.details;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cibapack.policy.InvalidSettingException;
import io.github.cibapack.text.LogLine;
import io.github.cibapack.text.UnfitException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.RealmModel;

/** JSON Schemas of types of authorization details, each on the client scope that has its type. */
public final class RegisteredSchemas {
    /** Attribute of a client scope; the type follows. */
    public static final String ATTRIBUTE = "authorization_details.schema.";

    private RegisteredSchemas() {}

    /**
     * Refuses details that break a schema of their type: all those of the client's scopes hold.
     *
     * @throws UnfitException if they do
     * @throws InvalidSettingException if a schema cannot be used
     */
    public static void require(AuthorizationDetails details, ClientModel client)
            throws UnfitException {
        List<ClientScopeModel> scopes = RegisteredTypes.scopes(client).toList();
        int index = 0;
        for (JsonNode entry : details.entries()) {
            String attribute = ATTRIBUTE + entry.get(AuthorizationDetails.TYPE).textValue();
            for (ClientScopeModel scope : scopes) {
                Optional<String> schema = Optional.ofNullable(scope.getAttribute(attribute));
                if (schema.isPresent()) {
                    usable(schema.get(), attribute, scope).require(entry, "/" + index);
                }
            }
            index++;
        }
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
        Set<String> types = RegisteredTypes.of(scope);
        scope.getAttributes()
                .forEach(
                        (name, text) -> {
                            if (name.startsWith(ATTRIBUTE)) {
                                Optional<String> flaw =
                                        types.contains(name.substring(ATTRIBUTE.length()))
                                                ? DetailsSchema.of(text).flaw()
                                                : Optional.of(
                                                        "the scope does not register its type in "
                                                                + RegisteredTypes.ATTRIBUTE);
                                flaw.map(words -> new Flaw(scope.getName(), name, words))
                                        .ifPresent(flaws::add);
                            }
                        });
    }
}
