// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.provider;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPRequestSender;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import io.github.cibapack.jwt.ForeignJwt;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The ID token by which another token provider proves an approval. */
final class ApprovalProof {
    /** The API gets it encoded: a provider's odd name for somebody loses no approval. */
    private static final String SUBJECT = "sub";

    private static final int LONGEST_SUBJECT = 255;

    private final Issuer issuer;
    private final ClientID audience;
    private final HTTPRequestSender sender;

    ApprovalProof(Issuer issuer, ClientID audience, HTTPRequestSender sender) {
        this.issuer = issuer;
        this.audience = audience;
        this.sender = sender;
    }

    /**
     * What a token proves, if its provider signed it, for this client, and it is fresh (OpenID
     * Connect Core §3.1.3.7). Fetches the provider's keys.
     *
     * @throws IOException if the keys cannot be fetched
     * @throws ParseException if it proves nothing
     */
    GrantedApproval verify(RemoteRequest request, String idToken)
            throws IOException, ParseException {
        JWT token = parsed(idToken);
        if (!(token.getHeader().getAlgorithm() instanceof JWSAlgorithm algorithm)
                || !isSignedWithAKey(algorithm)) {
            throw new ParseException("The ID token is not signed with a key");
        }
        HTTPRequest keys = new HTTPRequest(HTTPRequest.Method.GET, URI.create(request.jwksUri()));
        try {
            JWKSet published = keys(keys.send(sender).getBody());
            IDTokenClaimsSet claims =
                    new IDTokenValidator(issuer, audience, algorithm, published)
                            .validate(token, null);
            requireForNobodyElse(claims);
            return approval(request, claims);
        } catch (BadJOSEException | JOSEException e) {
            throw new ParseException("The ID token does not verify", e);
        }
    }

    static JWKSet keys(String text) throws ParseException {
        try {
            return JWKSet.parse(text);
        } catch (java.text.ParseException | RuntimeException e) {
            throw new ParseException("The keys cannot be read", e);
        }
    }

    /**
     * OpenID Connect Core §3.1.3.7, 3 to 5: a further audience would have to be trusted, and nobody
     * says here which one is; §2: a subject has at most 255 characters.
     */
    private void requireForNobodyElse(IDTokenClaimsSet claims) throws ParseException {
        Object party = claims.getClaim("azp");
        if (claims.getAudience().size() != 1
                || (party != null && !audience.getValue().equals(party))) {
            throw new ParseException("The ID token is for another client, too");
        }
        if (claims.getSubject().getValue().length() > LONGEST_SUBJECT) {
            throw new ParseException("The subject of the ID token is too long");
        }
    }

    private static boolean isSignedWithAKey(JWSAlgorithm algorithm) {
        return JWSAlgorithm.Family.RSA.contains(algorithm)
                || JWSAlgorithm.Family.EC.contains(algorithm);
    }

    private static GrantedApproval approval(RemoteRequest request, IDTokenClaimsSet claims) {
        return new GrantedApproval(
                claims.getSubject().getValue(),
                request.authReqId(),
                claims.getAuthenticationTime() == null
                        ? claims.getIssueTime().toInstant().getEpochSecond()
                        : claims.getAuthenticationTime().toInstant().getEpochSecond(),
                Optional.ofNullable(claims.getACR()).map(acr -> acr.getValue()),
                Optional.of(request.message()),
                Map.of());
    }

    private static JWT parsed(String token) throws ParseException {
        if (ForeignJwt.faultOf(token, Set.of(SUBJECT)).isPresent()) {
            throw new ParseException("The ID token has unfit names or dates");
        }
        try {
            return JWTParser.parse(token);
        } catch (java.text.ParseException e) {
            throw new ParseException("The ID token cannot be read", e);
        }
    }
}
