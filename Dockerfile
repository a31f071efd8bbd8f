# SPDX-License-Identifier: Apache-2.0
#
# Keycloak's image with the pack in it, built, so that it starts at once. docs/container.md says how it is used.
ARG KEYCLOAK_IMAGE=quay.io/keycloak/keycloak
ARG KEYCLOAK_VERSION=26.7.5

FROM ${KEYCLOAK_IMAGE}:${KEYCLOAK_VERSION} AS built
# A path within the folder that is built from: the pack as Maven leaves it, or a JAR that was downloaded.
ARG PACK=providers/target/keycloak-ciba-pack-*.jar
ARG DB=postgres
ARG FEATURES=
COPY --chown=1000:0 ${PACK} /opt/keycloak/providers/
RUN /opt/keycloak/bin/kc.sh build --db=${DB} --health-enabled=true --metrics-enabled=true \
    ${FEATURES:+--features=${FEATURES}}

FROM ${KEYCLOAK_IMAGE}:${KEYCLOAK_VERSION}
ARG DB=postgres
COPY --from=built --chown=1000:0 /opt/keycloak/ /opt/keycloak/
# Known to a start that builds anew, with a further feature for example.
ENV KC_DB=${DB} KC_HEALTH_ENABLED=true KC_METRICS_ENABLED=true
USER 1000
ENTRYPOINT ["/opt/keycloak/bin/kc.sh"]
CMD ["start", "--optimized"]
