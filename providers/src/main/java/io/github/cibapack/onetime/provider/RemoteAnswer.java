// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.provider;

import com.nimbusds.jwt.JWT;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.ErrorResponse;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.ciba.CIBARequestAcknowledgement;
import com.nimbusds.oauth2.sdk.ciba.CIBAResponse;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import java.io.IOException;
import java.util.Optional;

/**
 * What another token provider answers: what was asked for, or an OAuth error.
 *
 * @param value what was asked for; empty if it is an error
 * @param error the error; empty if the provider names none
 */
record RemoteAnswer<T>(Optional<T> value, String error) {

    /** Makes sense of an answer. */
    interface Reader<T> {
        T read() throws IOException, ParseException;
    }

    /**
     * The answer to a request.
     *
     * @throws ParseException if it is none
     */
    static RemoteAnswer<CIBARequestAcknowledgement> started(HTTPResponse answer)
            throws IOException, ParseException {
        return read(
                () -> {
                    CIBAResponse read = CIBAResponse.parse(answer);
                    return read.indicatesSuccess()
                            ? new RemoteAnswer<>(Optional.of(read.toRequestAcknowledgement()), "")
                            : refused(read.toErrorResponse());
                });
    }

    /**
     * The answer to a poll: the ID token, serialized, if there is one.
     *
     * @throws ParseException if it is none
     */
    static RemoteAnswer<Optional<String>> polled(HTTPResponse answer)
            throws IOException, ParseException {
        return read(
                () -> {
                    TokenResponse read = OIDCTokenResponseParser.parse(answer);
                    if (!read.indicatesSuccess()) {
                        return refused(read.toErrorResponse());
                    }
                    JWT idToken =
                            ((OIDCTokenResponse) read.toSuccessResponse())
                                    .getOIDCTokens()
                                    .getIDToken();
                    return new RemoteAnswer<>(
                            Optional.of(Optional.ofNullable(idToken).map(JWT::serialize)), "");
                });
    }

    /**
     * Reads with a library that fails in further ways than it declares, on what the provider sends.
     *
     * @throws ParseException in their place
     */
    static <T> T read(Reader<T> reader) throws IOException, ParseException {
        try {
            return reader.read();
        } catch (RuntimeException e) {
            throw new ParseException("The answer cannot be read", e);
        }
    }

    private static <T> RemoteAnswer<T> refused(ErrorResponse refusal) {
        return new RemoteAnswer<>(
                Optional.empty(),
                Optional.ofNullable(refusal.getErrorObject()).map(ErrorObject::getCode).orElse(""));
    }
}
