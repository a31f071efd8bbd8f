// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.email;

import io.github.cibapack.details.AuthorizationDetails;
import io.github.cibapack.request.OneTimeUse;
import io.github.cibapack.request.RequestKind;
import io.github.cibapack.resource.ResourceIndicators;
import java.util.Optional;

/**
 * What a mail is about.
 *
 * @param magicLink the link that opens the approval page
 * @param inboxLink the user's list of requests, if the realm has one
 * @param scope what was asked for
 * @param bindingMessage the message to compare with the consumption device
 * @param details what is asked for in detail (RFC 9396)
 * @param kind what an approval gives
 * @param once what a gateway tells of the request that it holds back
 * @param resources what the token is asked for (RFC 8707)
 * @param authReqId the request id that the mail ends with
 * @param deviceAddress the address of the consumption device, if the relying party tells it; its
 *     own says nothing to a person
 * @param createdAt the moment of the request, in seconds since the epoch
 * @param expiresAt the end of its life, in seconds since the epoch
 * @param secondsLeft of its life, when the mail is read
 * @param templates name of the policy's own pair of templates, if it has one
 */
public record MailModel(
        String magicLink,
        Optional<String> inboxLink,
        String scope,
        Optional<String> bindingMessage,
        Optional<AuthorizationDetails> details,
        RequestKind kind,
        Optional<OneTimeUse> once,
        Optional<ResourceIndicators> resources,
        String authReqId,
        Optional<String> deviceAddress,
        long createdAt,
        long expiresAt,
        long secondsLeft,
        Optional<String> templates) {

    /** Never prints the link. */
    @Override
    public String toString() {
        return "MailModel[" + authReqId + "]";
    }
}
