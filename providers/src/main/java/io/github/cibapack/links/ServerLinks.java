// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.links;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Where the links of the pack lead on one server.
 *
 * @param count of links that were followed
 * @param missing what the pack cannot do without and is not there, in the words for people
 * @param lacking the classes that are not used for that reason, each with what cannot be done
 */
public record ServerLinks(int count, List<String> missing, Map<String, String> lacking) {

    /** The server that this code runs on. Its classes do not change while it runs. */
    public static ServerLinks here() {
        return Here.FOUND;
    }

    /** Follows the links of the pack. */
    static ServerLinks of(ClassFiles server) {
        int count = 0;
        List<String> missing = new ArrayList<>();
        Map<String, String> lacking = new LinkedHashMap<>();
        for (Links links : Links.ofPack()) {
            List<String> lost = links.missingIn(server);
            count += links.links().size();
            if (links.user().isEmpty()) {
                missing.addAll(lost);
            } else if (!lost.isEmpty()) {
                lacking.put(links.user(), links.otherwise());
            }
        }
        return new ServerLinks(count, List.copyOf(missing), lacking);
    }

    /** Whether the pack fits: where it does not, it serves nothing and changes nothing. */
    public boolean areComplete() {
        return missing.isEmpty();
    }

    /**
     * Whether the server has all that a class needs which can be done without.
     *
     * @param user names the class. To name one that extends what is not there is an error already
     */
    public boolean have(Supplier<Class<?>> user) {
        try {
            return !lacking.containsKey(user.get().getName());
        } catch (NoClassDefFoundError e) {
            return false;
        }
    }

    /** Looked for when somebody asks first. */
    private static final class Here {
        private static final ServerLinks FOUND =
                of(new ClassFiles(ServerLinks.class.getClassLoader()));
    }
}
