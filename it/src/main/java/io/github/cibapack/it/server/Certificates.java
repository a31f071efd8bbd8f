// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate authority of the tests' own, made anew each time with the JDK's keytool. It signs
 * one certificate for a server on loopback, and one for each client, on demand.
 */
public final class Certificates {

    /** The authority's subject, as the shipped realm knows it. */
    public static final String AUTHORITY = "CN=CIBA Demo CA,O=CIBA Demo";

    static final String PASSWORD = "changeit";

    private static final String SIGNER = "authority";

    private final Path directory;
    private final Path authority;

    private final AtomicInteger issued = new AtomicInteger();

    /** By subject: each use of keytool is a JVM of its own, and one certificate of each will do. */
    private final Map<String, Path> signed = new HashMap<>();

    private Certificates(Path directory) {
        this.directory = directory;
        this.authority = directory.resolve("authority-key.p12");
    }

    /** An authority with this subject. */
    public static Certificates of(String subject) {
        try {
            Certificates made = new Certificates(Files.createTempDirectory("it-certificates-"));
            made.issueAuthority(subject);
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a client needs to call the server: trust in this authority, and no certificate. */
    public SSLContext anonymous() {
        return context(null);
    }

    /**
     * The same with a certificate of this authority's.
     *
     * @param subject for example {@code CN=gas-pump-mtls,O=CIBA Demo}
     */
    public SSLContext client(String subject) {
        return identity(subject).context();
    }

    /**
     * The same with the certificate itself, to compare tokens with.
     *
     * @param subject as above
     */
    public ClientCertificate identity(String subject) {
        Path store = signed("client", subject, "eku=clientAuth");
        try {
            return new ClientCertificate(
                    subject,
                    context(store),
                    (X509Certificate) load(store).getCertificate("client"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The store was just written", e);
        }
    }

    /** What a server of the tests on loopback needs so that Keycloak trusts it. */
    public SSLContext server() {
        return context(serverStore());
    }

    public record KeyPairPem(String privateKey, String certificate) {}

    /**
     * The same with an RSA key, as text and made anew, for a server that is a client of another
     * one.
     *
     * @param subject as above
     */
    public KeyPairPem clientPem(String subject) {
        Path store = issue("client", subject, "eku=clientAuth", List.of("-keyalg", "RSA"));
        try {
            KeyStore loaded = load(store);
            return new KeyPairPem(
                    pem(
                            "PRIVATE KEY",
                            loaded.getKey("client", PASSWORD.toCharArray()).getEncoded()),
                    pem("CERTIFICATE", loaded.getCertificate("client").getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The JDK has RSA", e);
        }
    }

    private static String pem(String type, byte[] content) {
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(type, Base64.getMimeEncoder().encodeToString(content), type);
    }

    Path serverStore() {
        return signed("server", "CN=localhost", "san=ip:127.0.0.1,dns:localhost");
    }

    Path authorityStore() {
        return directory.resolve("authority.p12");
    }

    /** The authority that a server is to trust. */
    public Path authorityFile() {
        return directory.resolve("authority.pem");
    }

    private void issueAuthority(String subject) {
        keytool(
                "-genkeypair",
                "-alias",
                SIGNER,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                subject,
                "-ext",
                "bc:critical=ca:true",
                "-ext",
                "ku=keyCertSign",
                "-validity",
                "2",
                "-keystore",
                authority.toString());
        keytool(
                "-exportcert",
                "-alias",
                SIGNER,
                "-rfc",
                "-keystore",
                authority.toString(),
                "-file",
                authorityFile().toString());
        keytool(
                "-importcert",
                "-alias",
                SIGNER,
                "-noprompt",
                "-file",
                authorityFile().toString(),
                "-keystore",
                authorityStore().toString());
    }

    private synchronized Path signed(String alias, String subject, String extension) {
        List<String> curve = List.of("-keyalg", "EC", "-groupname", "secp256r1");
        return signed.computeIfAbsent(subject, any -> issue(alias, subject, extension, curve));
    }

    private Path issue(String alias, String subject, String extension, List<String> key) {
        Path store = directory.resolve(alias + "-" + issued.incrementAndGet() + ".p12");
        try {
            // keytool signs with a key of the same store: a copy of the authority's is taken out
            // again.
            Files.copy(authority, store);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> generate =
                new ArrayList<>(List.of("-genkeypair", "-alias", alias, "-signer", SIGNER));
        generate.addAll(key);
        generate.addAll(List.of("-dname", subject, "-ext", extension, "-validity", "1"));
        generate.addAll(List.of("-keystore", store.toString()));
        keytool(generate.toArray(String[]::new));
        keytool("-delete", "-alias", SIGNER, "-keystore", store.toString());
        return store;
    }

    private SSLContext context(Path ownStore) {
        try {
            TrustManagerFactory trust =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(load(authorityStore()));
            KeyManagerFactory keys =
                    KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(ownStore == null ? null : load(ownStore), PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The JDK has TLS", e);
        }
    }

    private static KeyStore load(Path store) throws GeneralSecurityException {
        try (InputStream in = Files.newInputStream(store)) {
            KeyStore loaded = KeyStore.getInstance("PKCS12");
            loaded.load(in, PASSWORD.toCharArray());
            return loaded;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void keytool(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.add("-J-XX:TieredStopAtLevel=1");
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storepass", PASSWORD, "-storetype", "PKCS12"));
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            String output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new IllegalStateException("keytool " + arguments[0] + ": " + output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while keytool ran", e);
        }
    }
}
