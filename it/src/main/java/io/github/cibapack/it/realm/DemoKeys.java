// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.realm;

import com.nimbusds.jose.jwk.ECKey;
import io.github.cibapack.it.server.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;

/** The private keys that belong to clients of the shipped realm. */
public final class DemoKeys {

    private DemoKeys() {}

    /** The key of the client {@code gas-pump-private-key}. */
    public static ECKey gasPump() {
        Path file =
                Workspace.current()
                        .realmJson()
                        .resolveSibling("keys/gas-pump-private-key.demo-only.jwk.json");
        try {
            return ECKey.parse(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ParseException e) {
            throw new IllegalStateException("Not a JWK: " + file, e);
        }
    }
}
