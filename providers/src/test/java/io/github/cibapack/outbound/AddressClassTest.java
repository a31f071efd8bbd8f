// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressClassTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "8.8.8.8",
                "100.63.255.255",
                "100.128.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "192.0.1.1",
                "198.17.255.255",
                "198.20.0.0",
                "2606:4700::1111",
                "2a00:1450:4001::1",
                "64:ff9b::808:808"
            })
    void internetIsPublic(String address) throws UnknownHostException {
        assertThat(of(address)).isEqualTo(AddressClass.PUBLIC);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.1",
                "127.0.0.1",
                "127.255.255.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "169.254.0.1",
                "100.64.0.1",
                "100.127.255.255",
                "::1",
                "fe80::1",
                "febf::1",
                "fec0::1",
                "fc00::1",
                "fdff::1",
                "64:ff9b::7f00:1",
                "64:ff9b::a00:1"
            })
    void insideIsPrivate(String address) throws UnknownHostException {
        assertThat(of(address)).isEqualTo(AddressClass.PRIVATE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "169.254.169.254",
                "168.63.129.16",
                "100.100.100.200",
                "192.0.0.192",
                "192.0.2.1",
                "198.18.0.1",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::2",
                "::7f00:1",
                "ff02::1",
                "2001::1",
                "2001:db8::1",
                "2002:7f00:1::",
                "fd00:ec2::254",
                "64:ff9b:1::1",
                "64:ff9b::a9fe:a9fe",
                "4000::1"
            })
    void nobodyIsThere(String address) throws UnknownHostException {
        assertThat(of(address)).isEqualTo(AddressClass.NEVER);
    }

    @Test
    void mappedAddressIsJudgedByTheOneInside() {
        assertThat(AddressClass.of(mapped(127, 0, 0, 1))).isEqualTo(AddressClass.PRIVATE);
        assertThat(AddressClass.of(mapped(10, 1, 2, 3))).isEqualTo(AddressClass.PRIVATE);
        assertThat(AddressClass.of(mapped(169, 254, 169, 254))).isEqualTo(AddressClass.NEVER);
        assertThat(AddressClass.of(mapped(8, 8, 8, 8))).isEqualTo(AddressClass.PUBLIC);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2130706433", "127.1", "::ffff:127.0.0.1"})
    void otherSpellingsOfLoopbackAreLoopback(String spelling) throws UnknownHostException {
        assertThat(of(spelling)).isEqualTo(AddressClass.PRIVATE);
    }

    private static AddressClass of(String address) throws UnknownHostException {
        return AddressClass.of(InetAddress.getByName(address));
    }

    private static byte[] mapped(int... v4) {
        byte[] address = new byte[16];
        address[10] = -1;
        address[11] = -1;
        for (int i = 0; i < v4.length; i++) {
            address[12 + i] = (byte) v4[i];
        }
        return address;
    }
}
