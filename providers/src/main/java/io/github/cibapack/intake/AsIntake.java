// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.intake;

import io.github.cibapack.audit.HeldBackEvent;
import io.github.cibapack.audit.Redacted;
import io.github.cibapack.audit.TracedStep;
import io.github.cibapack.policy.CibaPolicies;
import io.github.cibapack.policy.CibaPolicy;
import io.github.cibapack.policy.InvalidSettingException;
import io.github.cibapack.request.RequestIds;
import io.github.cibapack.scope.RequestedScopes;
import io.github.cibapack.store.StoreOutage;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jboss.logging.Logger;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.grants.ciba.endpoints.request.BackchannelAuthenticationEndpointRequestParserProcessor;

/**
 * Takes a request in at the {@code as} endpoint, or one of the server itself: client, what is
 * asked, policy, user or decoy, request, channel, limits, store, acknowledgement. What is refused
 * is refused before anything is stored.
 */
public final class AsIntake {
    private static final Logger LOG = Logger.getLogger(AsIntake.class);

    private final KeycloakSession session;
    private final HeldBackEvent event;

    public AsIntake(KeycloakSession session) {
        this.session = session;
        this.event = HeldBackEvent.begin(session);
    }

    /**
     * Accepts a request.
     *
     * @param form the decoded form
     * @throws CibaErrorException if it is refused; the event has been written then
     */
    public Acknowledgement accept(MultivaluedMap<String, String> form) {
        return told(
                () -> {
                    ClientModel client = new ClientAuthentication(session, event).authenticate();
                    BackchannelRequestParser parser =
                            new BackchannelRequestParser(session, event, client);
                    Supplier<Acknowledgement> start =
                            () -> accept(client, parser.parse(form), form, RequestIds::ofLink);
                    return IdempotencyKey.of(session)
                            .map(
                                    key ->
                                            new IdempotentStart(session, client, key)
                                                    .of(form, start, () -> parser.parse(form)))
                            .orElseGet(start);
                });
    }

    /**
     * Accepts a request of the server itself, on behalf of a client: nobody is authenticated, as
     * nobody has called.
     *
     * @param client one that may use CIBA
     * @throws CibaErrorException if it is refused; the event has been written then
     */
    public Acknowledgement accept(ClientModel client, InternalRequest request) {
        return told(
                () -> {
                    session.getContext().setClient(client);
                    event.client(client);
                    MultivaluedMap<String, String> form = request.form();
                    if (!new RequestedScopes(session, client).areKnown(request.scope())) {
                        throw CibaErrorException.unknownScope();
                    }
                    BackchannelRequest asked =
                            request.parsed(
                                    BackchannelAuthenticationEndpointRequestParserProcessor
                                            .parseRequest(
                                                    event,
                                                    session,
                                                    client,
                                                    form,
                                                    session.getContext()
                                                            .getRealm()
                                                            .getCibaPolicy()));
                    // the server itself redeems it: no poll may
                    return accept(client, asked, form, RequestIds::ofLinkOfRule);
                });
    }

    private Acknowledgement accept(
            ClientModel client,
            BackchannelRequest asked,
            MultivaluedMap<String, String> form,
            UnaryOperator<String> ids) {
        asked.describe(event, session, client);
        CibaPolicy policy = PolicyChoice.of(session, event, client, asked);
        boolean hidesUsers = new CibaPolicies(session.getContext().getRealm()).hidesUsers(policy);
        RecipientChoice recipients = new RecipientChoice(session, event, client, hidesUsers);
        Recipient recipient =
                recipients.of(
                        asked,
                        () -> new UserResolution(session, policy).of(asked.hint()),
                        new RequestedScopes(session, client)::withoutVainOfflineAccess);
        RequestStart start =
                new RequestStart(
                        session,
                        event,
                        policy,
                        hidesUsers,
                        new AsDialect(session, client, asked, form, ids));
        StartedRequest started =
                started(() -> start.of(recipient, reason -> recipients.decoy(asked, reason)));
        started.write(event, session);
        return new Acknowledgement(
                started.request().authReqId(),
                started.expiresIn(),
                started.policy().interval(),
                started.matchCode());
    }

    private StartedRequest started(Supplier<StartedRequest> start) {
        try {
            return start.get();
        } catch (CibaErrorException | InvalidSettingException e) {
            throw e;
        } catch (RuntimeException e) {
            if (StoreOutage.isDeadlock(e)) {
                // nothing is wrong, and it may come for each of many starts at once
                LOG.warn("A request could not be started: others came first in the database");
            } else {
                LOG.error("The request could not be started", Redacted.of(e));
            }
            throw StoreOutage.isCauseOf(e)
                    ? CibaErrorException.storeOutage()
                    : CibaErrorException.unavailable("channel_failed");
        }
    }

    /** Writes the event of a refusal. */
    private Acknowledgement told(Supplier<Acknowledgement> intake) {
        try {
            return TracedStep.INTAKE.trace(
                    session,
                    notes -> {
                        Acknowledgement taken = intake.get();
                        notes.request(taken.authReqId());
                        return taken;
                    });
        } catch (CibaErrorException e) {
            e.write(event, session);
            throw e;
        } catch (InvalidSettingException e) {
            CibaErrorException refused = PolicyChoice.invalidSetting(session, e);
            refused.write(event, session);
            throw refused;
        }
    }
}
