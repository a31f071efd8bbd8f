// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.stream.Stream;
import org.apache.http.conn.DnsResolver;

/**
 * Resolves a name and lets through only addresses that may be called. It runs inside the connection
 * manager, which connects to exactly what it returns: a name that changes its address between a
 * check and the connection (DNS rebinding) gains nothing.
 */
final class GuardedResolver implements DnsResolver {
    private final DnsResolver dns;
    private final boolean privateAllowed;

    GuardedResolver(DnsResolver dns, boolean privateAllowed) {
        this.dns = dns;
        this.privateAllowed = privateAllowed;
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] allowed =
                Stream.of(dns.resolve(host)).filter(this::mayBeCalled).toArray(InetAddress[]::new);
        if (allowed.length == 0) {
            throw new ForbiddenAddressException();
        }
        return allowed;
    }

    private boolean mayBeCalled(InetAddress address) {
        return switch (AddressClass.of(address)) {
            case PUBLIC -> true;
            case PRIVATE -> privateAllowed;
            case NEVER -> false;
        };
    }

    /** No address of the host may be called. */
    static final class ForbiddenAddressException extends UnknownHostException {
        private static final long serialVersionUID = 1L;
    }
}
