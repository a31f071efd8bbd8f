// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.outbound;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The class of an address, by the IANA special-purpose registries. */
enum AddressClass {
    PUBLIC,
    /** Private network: private, loopback, link-local, shared (CGNAT), unique local. */
    PRIVATE,
    /**
     * No host that the server could mean: multicast, broadcast, unspecified, documentation,
     * transition mechanisms, and the metadata services of clouds, which hand out credentials.
     */
    NEVER;

    private static final List<AddressBlock> METADATA =
            blocks(
                    "169.254.169.254/32",
                    "169.254.170.2/32",
                    "169.254.170.23/32",
                    "100.100.100.200/32",
                    "168.63.129.16/32",
                    "192.0.0.192/32",
                    "fd00:ec2::254/128",
                    "fd00:ec2::23/128",
                    "fd20:ce::254/128");

    private static final List<AddressBlock> INSIDE =
            blocks(
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.168.0.0/16",
                    "::1/128",
                    "fc00::/7",
                    "fe80::/10",
                    "fec0::/10");

    private static final List<AddressBlock> NOWHERE_V4 =
            blocks(
                    "0.0.0.0/8",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.88.99.0/24",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "224.0.0.0/4",
                    "240.0.0.0/4");

    /** IPv6 is public only inside of this block (RFC 4291 §2.4, as allocated by IANA). */
    private static final AddressBlock GLOBAL_V6 = AddressBlock.of("2000::/3");

    /** Teredo, ORCHID, benchmarking, documentation and 6to4 lie inside the global block. */
    private static final List<AddressBlock> NOWHERE_V6 =
            blocks("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

    /** RFC 6052: the IPv4 address behind it is the one that is reached. */
    private static final AddressBlock NAT64 = AddressBlock.of("64:ff9b::/96");

    /** Filtered here: the JDK turns a literal of this block into an IPv4 address by itself. */
    private static final byte[] MAPPED_V4 = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};

    private static final int V4_IN_V6 = 12;

    static AddressClass of(InetAddress address) {
        return of(address.getAddress());
    }

    static AddressClass of(byte[] address) {
        if (embedsV4(address)) {
            return of(Arrays.copyOfRange(address, V4_IN_V6, address.length));
        }
        if (isIn(METADATA, address)) {
            return NEVER;
        }
        if (isIn(INSIDE, address)) {
            return PRIVATE;
        }
        boolean global =
                address.length > V4_IN_V6
                        ? GLOBAL_V6.contains(address) && !isIn(NOWHERE_V6, address)
                        : !isIn(NOWHERE_V4, address);
        return global ? PUBLIC : NEVER;
    }

    private static boolean embedsV4(byte[] address) {
        return NAT64.contains(address)
                || (address.length > V4_IN_V6
                        && Arrays.equals(address, 0, V4_IN_V6, MAPPED_V4, 0, V4_IN_V6));
    }

    private static boolean isIn(List<AddressBlock> blocks, byte[] address) {
        return blocks.stream().anyMatch(block -> block.contains(address));
    }

    private static List<AddressBlock> blocks(String... cidrs) {
        return Stream.of(cidrs).map(AddressBlock::of).toList();
    }
}
