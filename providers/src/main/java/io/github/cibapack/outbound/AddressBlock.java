// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.outbound;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** A block of addresses, such as {@code 10.0.0.0/8}. */
final class AddressBlock {
    private final byte[] prefix;
    private final int bits;

    private AddressBlock(byte[] prefix, int bits) {
        this.prefix = prefix;
        this.bits = bits;
    }

    /** Parses the usual notation; the address must be a literal. */
    static AddressBlock of(String cidr) {
        int slash = cidr.indexOf('/');
        try {
            return new AddressBlock(
                    InetAddress.getByName(cidr.substring(0, slash)).getAddress(),
                    Integer.parseInt(cidr.substring(slash + 1)));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(cidr, e);
        }
    }

    boolean contains(byte[] address) {
        BigInteger differences = new BigInteger(1, address).xor(new BigInteger(1, prefix));
        return address.length == prefix.length
                && differences.bitLength() <= prefix.length * Byte.SIZE - bits;
    }
}
