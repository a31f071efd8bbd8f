// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.links;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One thing that a class of the pack needs of a class of the server.
 *
 * @param need what it is needed for
 * @param owner the class, in the form of class files: {@code org/keycloak/models/ClientModel}
 * @param name of the member; empty if the class itself is needed
 * @param descriptor of the member (JVMS §4.3); empty if the class itself is needed
 */
public record Link(Need need, String owner, String name, String descriptor) {

    public enum Need {
        /** To be named, made or tested for. */
        TYPE,
        /** To be extended or implemented. */
        PARENT,
        /** To be read or written. */
        FIELD,
        /** To be called on a class. */
        METHOD,
        /** To be called on an interface. */
        INTERFACE_METHOD,
        /** To be overridden: the server calls it. */
        OVERRIDE,
        /** No need of the server's: this class of the pack implements all that is abstract. */
        WHOLE
    }

    private static final Pattern LINE = Pattern.compile("(\\w+) ([^ .]+)(?: ([^ ]+) ([^ ]+))?");

    /** A need of a class itself. */
    public static Link to(Need need, String owner) {
        return new Link(need, owner, "", "");
    }

    /** Reads what {@link #line} has written. */
    static Link of(String line) {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            throw new IllegalArgumentException("This is no link: " + line);
        }
        Need need = Need.valueOf(parts.group(1));
        return parts.group(3) == null
                ? to(need, parts.group(2))
                : new Link(need, parts.group(2), parts.group(3), parts.group(4));
    }

    /** The form of the list. */
    public String line() {
        return name.isEmpty()
                ? need + " " + owner
                : need + " " + owner + " " + name + " " + descriptor;
    }

    /** The form for people: {@code org.keycloak.models.ClientModel.getClientId()}. */
    public String shown() {
        String type = owner.replace('/', '.');
        if (name.isEmpty()) {
            return type;
        }
        return need == Need.FIELD
                ? type + "." + name
                : type + "." + name + descriptor.replace('/', '.');
    }

    /** What a class calls the member: the key of {@link ClassShape#members}. */
    String member() {
        return name + descriptor;
    }
}
