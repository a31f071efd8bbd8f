// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.http.HTTPRequestSender;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPRequest;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPResponse;
import com.nimbusds.oauth2.sdk.id.Issuer;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiscoveryDocumentsTest {
    private static final Issuer ISSUER = new Issuer("https://op.example/realms/bank");

    private static final String CIBA =
            """
            "backchannel_authentication_endpoint": "https://op.example/ciba",
            """;
    private static final String DOCUMENT =
            """
            {"issuer": "%s", "subject_types_supported": ["public"], %s
             "jwks_uri": "https://op.example/keys"}
            """;

    private final List<URI> asked = new ArrayList<>();
    private final DiscoveryDocuments documents = new DiscoveryDocuments();

    @Test
    void documentIsFetchedOnceAndKept() throws Exception {
        documents.of("realm", ISSUER, publishing(ISSUER));
        documents.of("realm", ISSUER, publishing(ISSUER));

        assertThat(asked)
                .containsExactly(
                        URI.create(
                                "https://op.example/realms/bank/.well-known/openid-configuration"));
    }

    @Test
    void eachRealmFetchesForItself() throws Exception {
        documents.of("one", ISSUER, publishing(ISSUER));
        documents.of("another", ISSUER, publishing(ISSUER));

        assertThat(asked).hasSize(2);
    }

    @Test
    void documentOfAnotherIssuerIsRefusedAndNotKept() throws Exception {
        HTTPRequestSender wrong = publishing(new Issuer("https://evil.example"));

        assertThatThrownBy(() -> documents.of("realm", ISSUER, wrong))
                .isInstanceOf(ParseException.class);

        assertThat(documents.of("realm", ISSUER, publishing(ISSUER)).getIssuer()).isEqualTo(ISSUER);
    }

    @Test
    void documentWithoutCibaIsRefusedAndNotKept() throws Exception {
        HTTPRequestSender notYet = answering(200, DOCUMENT.formatted(ISSUER, ""));

        assertThatThrownBy(() -> documents.of("realm", ISSUER, notYet))
                .isInstanceOf(ParseException.class);

        assertThat(documents.of("realm", ISSUER, publishing(ISSUER)).getIssuer()).isEqualTo(ISSUER);
    }

    @Test
    void onlyAnAnswerThatIsOneCounts() {
        HTTPRequestSender failing = answering(500, DOCUMENT.formatted(ISSUER, CIBA));

        assertThatThrownBy(() -> documents.of("realm", ISSUER, failing))
                .isInstanceOf(IOException.class);
    }

    private HTTPRequestSender publishing(Issuer issuer) {
        return answering(200, DOCUMENT.formatted(issuer, CIBA));
    }

    private HTTPRequestSender answering(int status, String body) {
        return new HTTPRequestSender() {
            @Override
            public ReadOnlyHTTPResponse send(ReadOnlyHTTPRequest request) throws IOException {
                asked.add(request.getURI());
                HTTPResponse response = new HTTPResponse(status);
                response.setBody(body);
                return response;
            }
        };
    }
}
