// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.server;

import io.github.cibapack.it.clock.FakeClock;
import io.github.cibapack.it.faults.SpoilerFactory;
import io.github.cibapack.it.store.BrokenStoreFactory;
import io.github.cibapack.it.store.StoreContract;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a server differs from the usual one.
 *
 * @param buildOptions what {@code build} gets, for example {@code --features=stateless}; each new
 *     set costs a build of about 20 s, once
 * @param runtimeOptions what {@code start} gets on top of the usual options
 * @param environment variables for the server's process
 * @param extraProviders further JARs for {@code providers/}
 * @param withPack whether the pack's JAR is deployed: without it, this is an untouched Keycloak
 * @param swapped JARs that take the place of those of the same name once the server is built
 * @param httpPort the port on loopback; 0 for any free one
 */
public record ServerOptions(
        List<String> buildOptions,
        List<String> runtimeOptions,
        Map<String, String> environment,
        List<Path> extraProviders,
        boolean withPack,
        List<Path> swapped,
        int httpPort) {

    private static final String HTTPS_CLIENT_CERTIFICATES = "--https-client-auth=request";
    private static final String IN_MEMORY = "--db=dev-mem";

    public ServerOptions {
        buildOptions = List.copyOf(buildOptions);
        runtimeOptions = List.copyOf(runtimeOptions);
        environment = Map.copyOf(environment);
        extraProviders = List.copyOf(extraProviders);
        swapped = List.copyOf(swapped);
    }

    /** The pack's JAR and nothing configured: what an admin has who only copied the file. */
    public static ServerOptions defaults() {
        return new ServerOptions(List.of(), List.of(), Map.of(), List.of(), true, List.of(), 0);
    }

    /**
     * With all that some test needs and no other one minds: https, the admin console's pages for
     * components, a clock that can be put forward, an e-mail theme, and the contract of the store.
     * One build serves them all.
     */
    public static ServerOptions furnished() {
        return defaults()
                .withBuildOptions("--features=declarative-ui", HTTPS_CLIENT_CERTIFICATES)
                .withProviders(FakeClock.provider(), StoreContract.provider(), AcmeTheme.jar());
    }

    /**
     * With what Keycloak leaves off and some test needs: features that change what a client may ask
     * for, traces, a store that can be broken, and clients whose redemption fails. One build serves
     * them all.
     */
    public static ServerOptions featured() {
        ServerOptions options =
                defaults()
                        .withBuildOptions("--tracing-enabled=true")
                        .withProviders(BrokenStoreFactory.provider(), SpoilerFactory.provider());
        return Workspace.current().isKeycloakAtLeast("26.7")
                ? options.withBuildOptions(
                        "--features=parameterized-scopes,resource-indicators,"
                                + "token-exchange-delegation")
                : options;
    }

    /** An untouched Keycloak, to compare with. */
    public ServerOptions withoutPack() {
        return new ServerOptions(
                buildOptions,
                runtimeOptions,
                environment,
                extraProviders,
                false,
                swapped,
                httpPort);
    }

    public ServerOptions withBuildOptions(String... options) {
        return new ServerOptions(
                joined(buildOptions, List.of(options)),
                runtimeOptions,
                environment,
                extraProviders,
                withPack,
                swapped,
                httpPort);
    }

    public ServerOptions withRuntimeOptions(String... options) {
        return new ServerOptions(
                buildOptions,
                joined(runtimeOptions, List.of(options)),
                environment,
                extraProviders,
                withPack,
                swapped,
                httpPort);
    }

    public ServerOptions withEnvironment(String name, String value) {
        Map<String, String> variables = new TreeMap<>(environment);
        variables.put(name, value);
        return new ServerOptions(
                buildOptions,
                runtimeOptions,
                variables,
                extraProviders,
                withPack,
                swapped,
                httpPort);
    }

    public ServerOptions withProviders(Path... jars) {
        return new ServerOptions(
                buildOptions,
                runtimeOptions,
                environment,
                joined(extraProviders, List.of(jars)),
                withPack,
                swapped,
                httpPort);
    }

    /**
     * With another JAR in the place of the one of this name: as good as a build with it, and much
     * cheaper, if the two differ in texts alone.
     */
    public ServerOptions withSwapped(Path jar) {
        return new ServerOptions(
                buildOptions,
                runtimeOptions,
                environment,
                extraProviders,
                withPack,
                joined(swapped, List.of(jar)),
                httpPort);
    }

    /** With a database in this file, which further servers find again. */
    public ServerOptions withDatabaseIn(Path file) {
        return withRuntimeOptions(PreparedDatabase.optionOf(file));
    }

    public ServerOptions withHttpPort(int port) {
        return new ServerOptions(
                buildOptions, runtimeOptions, environment, extraProviders, withPack, swapped, port);
    }

    /**
     * HTTPS besides HTTP, with certificates that clients may show but need not.
     *
     * @param port the port on loopback
     * @param certificates the server's own and the authority that it trusts
     */
    public ServerOptions withHttps(int port, Certificates certificates) {
        return withBuildOptions(HTTPS_CLIENT_CERTIFICATES)
                .withRuntimeOptions(
                        "--http-management-scheme=http",
                        "--https-port=" + port,
                        "--https-key-store-file=" + certificates.serverStore(),
                        "--https-key-store-password=" + Certificates.PASSWORD,
                        "--https-trust-store-file=" + certificates.authorityStore(),
                        "--https-trust-store-password=" + Certificates.PASSWORD,
                        "--truststore-paths=" + certificates.authorityFile());
    }

    /** What every server is built with; the store in memory makes each start an empty one. */
    List<String> allBuildOptions() {
        return joined(
                List.of(IN_MEMORY, "--health-enabled=true", "--metrics-enabled=true"),
                buildOptions);
    }

    /** Whether the server's database is H2, in memory or in a file. */
    boolean isOnH2() {
        return allBuildOptions().contains(IN_MEMORY);
    }

    /** The variables that a build reads: Keycloak's own. */
    Map<String, String> buildEnvironment() {
        Map<String, String> variables = new TreeMap<>(environment);
        variables.keySet().removeIf(name -> !name.startsWith("KC_"));
        return variables;
    }

    /** What every server is started with; without {@code local}, JGroups would leave loopback. */
    List<String> allRuntimeOptions() {
        return joined(
                List.of("--http-enabled=true", "--hostname-strict=false", "--cache=local"),
                runtimeOptions);
    }

    /** The files for {@code providers/}, the pack first. */
    List<Path> providers(Workspace workspace) {
        return withPack ? joined(List.of(workspace.packJar()), extraProviders) : extraProviders;
    }

    /**
     * A later option of the same name replaces an earlier one: Keycloak refuses an option that
     * comes twice.
     */
    private static <T> List<T> joined(List<T> first, List<T> second) {
        List<T> all = new ArrayList<>(first);
        for (T added : second) {
            all.removeIf(present -> sameOption(present, added));
            all.add(added);
        }
        return all;
    }

    private static boolean sameOption(Object one, Object other) {
        return one.equals(other)
                || (one instanceof String a
                        && other instanceof String b
                        && a.contains("=")
                        && a.substring(0, a.indexOf('=')).equals(b.split("=", 2)[0]));
    }
}
