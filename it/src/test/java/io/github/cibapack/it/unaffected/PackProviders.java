// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.unaffected;

import io.github.cibapack.it.server.Workspace;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** What the JAR registers with Keycloak: its factories, asked for their ids. */
final class PackProviders {

    private static final String SERVICES = "META-INF/services/";
    private static final String SPI = "org.keycloak.provider.Spi";

    private final ClassLoader loader;

    /** The SPIs of Keycloak and of the pack: the name of the factory's interface, and theirs. */
    private final Map<String, String> spis = new HashMap<>();

    /**
     * A provider.
     *
     * @param spi the SPI as options of the server name it
     * @param id the provider's id
     * @param replaces whether Keycloak has one of this id itself
     */
    record Entry(String spi, String id, boolean replaces) {}

    private PackProviders(ClassLoader loader) throws ReflectiveOperationException {
        this.loader = loader;
        for (Object spi : instances(SPI)) {
            Class<?> factory = (Class<?>) call(spi, "getProviderFactoryClass");
            spis.put(factory.getName(), inOptions((String) call(spi, "getName")));
        }
    }

    static List<Entry> ofTheJar() throws IOException, ReflectiveOperationException {
        Path jar = Workspace.current().packJar();
        try (URLClassLoader loader = new URLClassLoader(urls(jar), platform())) {
            PackProviders providers = new PackProviders(loader);
            List<Entry> all = new ArrayList<>();
            for (String service : services(jar)) {
                all.addAll(providers.of(service, jar));
            }
            return all;
        }
    }

    private List<Entry> of(String service, Path jar) throws ReflectiveOperationException {
        String spi = spis.get(service);
        if (spi == null) {
            throw new IllegalStateException("No SPI of Keycloak asks for " + service);
        }
        Set<String> keycloaks = new HashSet<>();
        List<String> packs = new ArrayList<>();
        for (Object factory : instances(service)) {
            String id = (String) call(factory, "getId");
            if (isFrom(factory, jar)) {
                packs.add(id);
            } else {
                keycloaks.add(id);
            }
        }
        return packs.stream().map(id -> new Entry(spi, id, keycloaks.contains(id))).toList();
    }

    private List<Object> instances(String service) throws ReflectiveOperationException {
        return new ArrayList<>(
                ServiceLoader.load(loader.loadClass(service), loader).stream()
                        .map(provider -> (Object) provider.get())
                        .toList());
    }

    private static Object call(Object target, String method) throws ReflectiveOperationException {
        return target.getClass().getMethod(method).invoke(target);
    }

    private static boolean isFrom(Object factory, Path jar) {
        URL source = factory.getClass().getProtectionDomain().getCodeSource().getLocation();
        return source.getPath().endsWith("/" + jar.getFileName());
    }

    private static List<String> services(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream()
                    .map(JarEntry::getName)
                    .filter(name -> name.startsWith(SERVICES) && !name.endsWith("/"))
                    .map(name -> name.substring(SERVICES.length()))
                    // the pack's channels are a list of its own
                    .filter(name -> name.startsWith("org.keycloak."))
                    .filter(name -> !name.equals(SPI))
                    .toList();
        }
    }

    /** As in {@code --spi-ciba-auth-channel--…}: words of small letters. */
    private static String inOptions(String name) {
        return name.replaceAll("([a-z])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }

    private static URL[] urls(Path jar) throws IOException {
        Path libraries = Workspace.current().distribution().resolve("lib/lib");
        List<URL> urls = new ArrayList<>();
        urls.add(jar.toUri().toURL());
        for (String folder : List.of("main", "boot")) {
            try (Stream<Path> files = Files.list(libraries.resolve(folder))) {
                for (Path file : files.toList()) {
                    urls.add(file.toUri().toURL());
                }
            }
        }
        return urls.toArray(URL[]::new);
    }

    /** Nothing of the tests' own class path, which has other versions of some libraries. */
    private static ClassLoader platform() {
        return ClassLoader.getPlatformClassLoader();
    }
}
