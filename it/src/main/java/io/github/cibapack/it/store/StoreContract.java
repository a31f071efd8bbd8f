// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.store;

import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.server.KeycloakServer;
import io.github.cibapack.it.server.TestJar;
import io.github.cibapack.it.server.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.keycloak.services.resource.RealmResourceProviderFactory;

/** The remote control of the contract for the single-use store. */
public final class StoreContract {
    private static final String CONTRACT_FOLDER = "io/github/cibapack/store/";

    private StoreContract() {}

    /** The provider that a server needs for it, as a JAR in {@code target}. */
    public static Path provider() {
        SortedMap<String, byte[]> entries =
                TestJar.provider(
                        RealmResourceProviderFactory.class.getName(),
                        StoreContractResourceProviderFactory.class,
                        "StoreContractResource");
        try {
            addContract(entries);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return TestJar.ofBytes("store-contract.jar", entries);
    }

    /** What the store of a server does not keep; empty if it keeps all. */
    public static String brokenOn(KeycloakServer server) {
        return call(server, "broken");
    }

    /**
     * Gives an entry of a server's store another form, as another version of the pack would have
     * written it.
     *
     * @param form {@code none} for none
     * @return the form that it had
     */
    public static String form(KeycloakServer server, String key, String form) {
        return call(server, "form?key=" + key + "&form=" + form);
    }

    /** Loses an entry of a server's store. */
    public static void lose(KeycloakServer server, String key) {
        if (!Boolean.parseBoolean(call(server, "lose?key=" + key))) {
            throw new IllegalStateException("There is no entry " + key);
        }
    }

    private static String call(KeycloakServer server, String path) {
        Answer answer =
                RelyingParty.exchange(
                        HttpRequest.newBuilder(server.url("/realms/master/store-contract/" + path))
                                .POST(HttpRequest.BodyPublishers.noBody())
                                .build());
        if (answer.status() != 200 && answer.status() != 204) {
            throw new IllegalStateException("The store was not reached: " + answer.body());
        }
        return answer.body();
    }

    /** Compiled with the unit tests, which are not on this module's class path. */
    private static void addContract(SortedMap<String, byte[]> entries) throws IOException {
        Path classes = Workspace.current().unitTests().normalize();
        try (Stream<Path> files = Files.list(classes.resolve(CONTRACT_FOLDER))) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String name = file.getFileName().toString();
                if (name.startsWith("SingleUseContract")) {
                    entries.put(CONTRACT_FOLDER + name, Files.readAllBytes(file));
                }
            }
        }
    }
}
