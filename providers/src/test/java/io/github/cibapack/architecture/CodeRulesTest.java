// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.github.cibapack.links.NeedsNewer;
import java.lang.reflect.Proxy;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.SingleUseObjectProvider;
import org.keycloak.models.UserSessionProvider;

/** What each class may use of the JDK and of Keycloak, and how it is written. */
@AnalyzeClasses(
        packages = "io.github.cibapack",
        importOptions = ImportOption.DoNotIncludeTests.class)
class CodeRulesTest {
    /** Where the pack hooks into Keycloak's own classes. */
    private static final Set<String> EXTENSIONS =
            Set.of(
                    "ApprovedLevelMapper",
                    "AuthorizationServerMetadataFactory",
                    "ChannelCallbackEndpoint",
                    "CibaClientRegistrationFactory",
                    "CibaEmailTemplateProvider",
                    "CibaEmailTemplateProviderFactory",
                    "CibaRequestMapper",
                    "ClientAuthentication",
                    "ClientSecretJwtAuthenticator",
                    "DecoyUser",
                    "DefaultRegistration",
                    "DefaultRegistrationFactory",
                    "DetailsIntrospection",
                    "DetailsIntrospectionFactory",
                    "GuardedHttpChannel",
                    "HeldBackEvent",
                    "KeycloakAuthenticationEndpoint",
                    "KeycloakCibaRootEndpoint",
                    "NewerEntryException",
                    "OpenidConfigurationFactory",
                    "PollEvent",
                    "PrivateKeyJwtAuthenticator",
                    "RefreshIntrospection",
                    "RefreshIntrospectionFactory",
                    "ResourceAudience",
                    "ResourceAudienceFactory",
                    "SingleRedemptionGrantType",
                    "SingleRedemptionGrantTypeFactory",
                    "Themes");

    /** These get by only where somebody else has asked whether the server has all of it. */
    private static final Set<String> BEHIND_A_QUESTION =
            Set.of(
                    // Keycloak makes them where it has what they extend
                    "DetailsInTokensFactory",
                    "ResourceAudienceFactory",
                    "ScopesOfTokensFactory",
                    // GrantedDetails.areSupported
                    "CibaMetadata",
                    // requests with resources are refused unless ResourceIndicators.areSupported
                    "PermissionToken",
                    "RecipientChoice",
                    "RequestedResources",
                    "ResourceAudience",
                    "ResourceIndicators",
                    "ResourceView",
                    "TokenAudience",
                    // has another class for servers without the newer one
                    "Authenticated");

    @ArchTest
    static final ArchRule WHAT_NOT_EVERY_SERVER_HAS_IS_ASKED_FOR =
            classes()
                    .that()
                    .areAnnotatedWith(NeedsNewer.class)
                    .should(beNamedByWhoeverUsesThem())
                    .because(
                            "the request that comes upon a class which cannot be linked fails: ask"
                                + " ServerLinks.have(() -> It.class) in the class that uses it");

    @ArchTest
    static final ArchRule ENTRIES_SAY_THEIR_FORM =
            noClasses()
                    .that()
                    .doNotHaveSimpleName("Entries")
                    // renews a slot, which has no notes
                    .and()
                    .doNotHaveSimpleName("NumberedSlots")
                    // Keycloak's own entries, in Keycloak's form
                    .and()
                    .doNotHaveSimpleName("DeviceCodes")
                    .and()
                    .doNotHaveSimpleName("Redemptions")
                    .and()
                    .doNotHaveSimpleName("PushedLogins")
                    .should()
                    .callMethod(
                            SingleUseObjectProvider.class,
                            "put",
                            String.class,
                            long.class,
                            Map.class)
                    .because("nodes of two versions read each other's entries in an update");

    @ArchTest
    static final ArchRule ONE_CLASS_SETS_SESSION_ATTRIBUTES =
            noClasses()
                    .that()
                    .doNotHaveSimpleName("CallContext")
                    // Keycloak's own attribute, by which it is told a language
                    .and()
                    .doNotHaveSimpleName("PageLanguage")
                    // Keycloak's own, by which its grant is told the proof of a poll
                    .and()
                    .doNotHaveSimpleName("HeldPoll")
                    .should()
                    .callMethodWhere(
                            DescribedPredicate.describe(
                                    "sets an attribute of the session",
                                    call ->
                                            call.getTarget()
                                                            .getOwner()
                                                            .isAssignableTo(KeycloakSession.class)
                                                    && call.getTarget()
                                                            .getName()
                                                            .equals("setAttribute")))
                    .because("an attribute is a parameter that no signature shows");

    @ArchTest
    static final ArchRule ONE_CLASS_MAKES_PROXIES =
            noClasses()
                    .that()
                    .doNotHaveSimpleName("SessionView")
                    // a login session that keeps nothing: no view of anything
                    .and()
                    .doNotHaveSimpleName("LoginTrial")
                    .should()
                    .dependOnClassesThat()
                    .areAssignableTo(Proxy.class)
                    .because("what Keycloak sees of a session is changed in one way");

    @ArchTest
    static final ArchRule NOBODY_REPLACES_ENTRIES =
            noClasses()
                    .should()
                    .callMethod(SingleUseObjectProvider.class, "replace", String.class, Map.class)
                    .because("replace has no single winner and makes an entry immortal");

    @ArchTest
    static final ArchRule ONE_CLASS_READS_SECONDS =
            noClasses()
                    .should()
                    .callMethod(Time.class, "currentTimeSeconds")
                    .orShould()
                    .callMethod(Time.class, "currentTime")
                    .because("one is not there before Keycloak 26.7, the other ends in 2038");

    @ArchTest
    static final ArchRule ONE_CLASS_ENDS_SESSIONS =
            noClasses()
                    .that()
                    .doNotHaveSimpleName("IssuedSession")
                    .should()
                    .callMethodWhere(
                            DescribedPredicate.describe(
                                    "ends a user session",
                                    call ->
                                            call.getTarget()
                                                            .getOwner()
                                                            .isAssignableTo(
                                                                    UserSessionProvider.class)
                                                    && call.getTarget()
                                                            .getName()
                                                            .startsWith("remove")))
                    .because("a redemption's own session is the only one that the pack may end");

    @ArchTest
    static final ArchRule NO_STATIC_STATE =
            fields().that()
                    .areStatic()
                    .should()
                    .beFinal()
                    .because("state lives in the store, which all nodes share");

    @ArchTest
    static final ArchRule NO_STATIC_MAPS =
            fields().that()
                    .areStatic()
                    .should()
                    .notHaveRawType(ConcurrentMap.class)
                    .andShould()
                    .notHaveRawType(ConcurrentHashMap.class)
                    .because("a map that grows is state, and state lives in the store");

    @ArchTest
    static final ArchRule TEXTS_ARE_NORMALIZED_BEHIND_THEIR_LIMIT =
            noClasses()
                    .that()
                    .doNotHaveSimpleName("Glyphs")
                    .and()
                    .doNotHaveSimpleName("UserCode")
                    .should()
                    .dependOnClassesThat()
                    .areAssignableTo(Normalizer.class)
                    .because(
                            "one rule says what is shown, and 64 KB of combining marks take a"
                                    + " second to sort");

    @ArchTest
    static final ArchRule ONLY_NAMED_CLASSES_EXTEND_KEYCLOAKS_OWN =
            classes()
                    .that(extendAClassOfKeycloak())
                    .should(beOneOf(EXTENSIONS))
                    .because(
                            "Keycloak's classes change without notice: a place that may break with"
                                    + " a new version is listed here");

    @ArchTest
    static final ArchRule CLASSES_ARE_CLOSED =
            classes()
                    .that()
                    .areNotInterfaces()
                    .and()
                    .areNotEnums()
                    .and()
                    .areNotAnonymousClasses()
                    .and()
                    .doNotHaveModifier(JavaModifier.ABSTRACT)
                    .should()
                    .haveModifier(JavaModifier.FINAL)
                    .because("nothing here is made to be extended");

    @ArchTest
    static final ArchRule NAMES_ARE_UNIQUE =
            classes()
                    .that()
                    .areTopLevelClasses()
                    .should(haveANameOfTheirOwn())
                    .because("a name in a log or a stack trace names one class");

    @ArchTest
    static final ArchRule NAMES_SAY_WHAT_A_CLASS_IS =
            noClasses()
                    .should()
                    .haveNameMatching(".*(Utils?|Helper|Manager|Constants|Impl)")
                    .because("a class is a noun of the field");

    private static DescribedPredicate<JavaClass> extendAClassOfKeycloak() {
        return DescribedPredicate.describe(
                "extend a class of Keycloak",
                type ->
                        type.getRawSuperclass()
                                .filter(
                                        parent ->
                                                parent.getPackageName().startsWith("org.keycloak"))
                                .isPresent());
    }

    private static ArchCondition<JavaClass> beNamedByWhoeverUsesThem() {
        return new ArchCondition<>("be used by classes that ask for them") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (Dependency use : type.getDirectDependenciesToSelf()) {
                    JavaClass user = use.getOriginClass();
                    boolean asks =
                            user.getReferencedClassObjects().stream()
                                    .anyMatch(named -> named.getRawType().equals(type));
                    if (!asks && !BEHIND_A_QUESTION.contains(user.getSimpleName())) {
                        events.add(SimpleConditionEvent.violated(type, use.getDescription()));
                    }
                }
            }
        };
    }

    private static ArchCondition<JavaClass> haveANameOfTheirOwn() {
        Map<String, String> seen = new HashMap<>();
        return new ArchCondition<>("have a simple name of their own") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                String other = seen.putIfAbsent(type.getSimpleName(), type.getName());
                if (other != null
                        && !other.equals(type.getName())
                        && !"package-info".equals(type.getSimpleName())) {
                    events.add(
                            SimpleConditionEvent.violated(
                                    type, type.getName() + " has the name of " + other));
                }
            }
        };
    }

    private static ArchCondition<JavaClass> beOneOf(Set<String> names) {
        return new ArchCondition<>("be listed in this test") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (!names.contains(type.getSimpleName()) && !type.isAnonymousClass()) {
                    events.add(
                            SimpleConditionEvent.violated(
                                    type, type.getName() + " extends Keycloak and is not listed"));
                }
            }
        };
    }
}
