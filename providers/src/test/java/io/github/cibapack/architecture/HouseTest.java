// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.github.cibapack.request.AuthenticationRequest;
import io.github.cibapack.request.RequestEvent;
import io.github.cibapack.request.Requests;
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

/** The rules of the house. */
@AnalyzeClasses(
        packages = "io.github.cibapack",
        importOptions = ImportOption.DoNotIncludeTests.class)
class HouseTest {
    private static final String HOUSE = "io.github.cibapack.";
    private static final Set<String> GROUND_FLOOR =
            Set.of("policy", "audit", "text", "outbound", "jwt", "spi", "links", "time");

    /** What a gateway's check may use besides the ground floor. */
    private static final Set<String> BESIDE_ONE_TIME =
            Set.of("onetime", "receipt", "request", "store", "health", "waiting");

    /** Who calls, and the rules that a link and what is shown share with a check. */
    private static final Set<String> SHARED_WITH_ONE_TIME =
            Set.of("Authenticated", "MagicLink", "BindingMessage", "AuthorizationDetails");

    /** Where the pack hooks into Keycloak's own classes. */
    private static final Set<String> EXTENSIONS =
            Set.of(
                    "AuthorizationServerMetadataFactory",
                    "CibaClientRegistrationFactory",
                    "CibaEmailTemplateProvider",
                    "CibaEmailTemplateProviderFactory",
                    "CibaRequestMapper",
                    "ClientSecretJwtAuthenticator",
                    "ChannelCallbackEndpoint",
                    "DefaultRegistration",
                    "DetailsIntrospection",
                    "DetailsIntrospectionFactory",
                    "DefaultRegistrationFactory",
                    "KeycloakAuthenticationEndpoint",
                    "KeycloakCibaRootEndpoint",
                    "NewerEntryException",
                    "GuardedHttpChannel",
                    "OpenidConfigurationFactory",
                    "PrivateKeyJwtAuthenticator",
                    "ResourceAudience",
                    "ResourceAudienceFactory",
                    "SingleRedemptionGrantType",
                    "SingleRedemptionGrantTypeFactory",
                    "ClientAuthentication",
                    "DecoyUser",
                    "HeldBackEvent");

    @ArchTest
    static final ArchRule NOTHING_DEPENDS_ON_PINGONE =
            noClasses()
                    .that()
                    .resideOutsideOfPackage(HOUSE + "pingone..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(HOUSE + "pingone..")
                    .because("the documented endpoints are one front door of two");

    @ArchTest
    static final ArchRule HINT_EMAIL_AND_NOTIFICATION_DO_NOT_KNOW_EACH_OTHER =
            slices().matching(HOUSE + "(hint|email|notification)..")
                    .should()
                    .notDependOnEachOther()
                    .allowEmptyShould(true)
                    .because("who is meant, what is sent and how often are three questions");

    @ArchTest
    static final ArchRule THE_GROUND_FLOOR_CALLS_NOBODY =
            noClasses()
                    .that()
                    .resideInAnyPackage(
                            GROUND_FLOOR.stream()
                                    .map(name -> HOUSE + name + "..")
                                    .toArray(String[]::new))
                    .should()
                    .dependOnClassesThat(
                            DescribedPredicate.describe(
                                    "are on an upper floor",
                                    type ->
                                            type.getPackageName().startsWith(HOUSE)
                                                    && !isGroundFloor(type)))
                    .because("everybody may stand on the ground floor only if it stands on nobody");

    @ArchTest
    static final ArchRule NO_CYCLES = slices().matching(HOUSE + "(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule A_CHECK_GOES_ONE_WAY =
            slices().matching(HOUSE + "onetime.(*)..")
                    .should()
                    .beFreeOfCycles()
                    .because("what reads a check does not know what becomes of it");

    @ArchTest
    static final ArchRule PARTS_OF_A_CHECK_DO_NOT_KNOW_ITS_HANDLERS =
            noClasses()
                    .that()
                    .resideInAPackage(HOUSE + "onetime.*..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(HOUSE + "onetime")
                    .because("handlers put the parts together, and no part calls them back");

    @ArchTest
    static final ArchRule ONE_TIME_HAS_ONE_WAY_IN =
            noClasses()
                    .that()
                    .resideOutsideOfPackage(HOUSE + "onetime..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(HOUSE + "onetime..")
                    .because(
                            "gateways call its endpoint and Keycloak loads its factories: all else"
                                    + " works without it");

    @ArchTest
    static final ArchRule ONE_TIME_HAS_ONE_WAY_OUT =
            noClasses()
                    .that()
                    .resideInAPackage(HOUSE + "onetime..")
                    .and()
                    .resideOutsideOfPackage(HOUSE + "onetime.provider..")
                    .should()
                    .dependOnClassesThat(
                            DescribedPredicate.describe(
                                    "start or redeem a request",
                                    type ->
                                            type.getPackageName().startsWith(HOUSE)
                                                    && !isGroundFloor(type)
                                                    && !BESIDE_ONE_TIME.contains(packageOf(type))
                                                    && !SHARED_WITH_ONE_TIME.contains(
                                                            type.getSimpleName())))
                    .because(
                            "a token provider reaches the user, by a request in this realm or by a"
                                    + " call to another server; the rest of a check is the"
                                    + " gateway's own");

    @ArchTest
    static final ArchRule REQUESTS_AND_COUNTERS_ALONE_TOUCH_THE_STORE =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(
                            HOUSE + "store..", HOUSE + "request..", HOUSE + "onetime.transaction..")
                    .should()
                    .dependOnClassesThat()
                    .areAssignableTo(SingleUseObjectProvider.class)
                    .because("single winners are decided where the entries are known");

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
                    .doNotHaveSimpleName("Requests")
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
    static final ArchRule THE_INTAKE_ALONE_OPENS_REQUESTS =
            noClasses()
                    .that()
                    .resideOutsideOfPackage(HOUSE + "intake..")
                    .should()
                    .callMethodWhere(
                            DescribedPredicate.describe(
                                    "opens a request",
                                    call ->
                                            call.getTarget()
                                                            .getOwner()
                                                            .isEquivalentTo(Requests.class)
                                                    && call.getOrigin()
                                                            .getOwner()
                                                            .getPackageName()
                                                            .startsWith(HOUSE)
                                                    && !call.getOrigin()
                                                            .getOwner()
                                                            .isEquivalentTo(Requests.class)
                                                    && call.getTarget().getName().equals("open")))
                    .because("a request has one writer: what it says is known in one place");

    @ArchTest
    static final ArchRule WHO_CHANGES_A_REQUEST_KNOWS_NO_LISTENER =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(
                            HOUSE + "observation..", HOUSE + "ping..", HOUSE + "webhook..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            HOUSE + "observation..", HOUSE + "ping..", HOUSE + "webhook..")
                    .because(
                            "what happens to a request is published, and another listener is"
                                    + " another class");

    @ArchTest
    static final ArchRule REQUESTS_ALONE_TELL_WHAT_HAPPENS_TO_THEM =
            noClasses()
                    .that()
                    .resideOutsideOfPackage(HOUSE + "request..")
                    .should()
                    .callConstructorWhere(
                            DescribedPredicate.describe(
                                    "makes an event of a request",
                                    call ->
                                            call.getTarget()
                                                    .getOwner()
                                                    .isAssignableTo(RequestEvent.class)))
                    .because("who writes down that something has happened tells it, once");

    @ArchTest
    static final ArchRule REQUESTS_ALONE_KEEP_REQUESTS =
            noClasses()
                    .that()
                    .doNotHaveSimpleName("Requests")
                    .and()
                    .doNotHaveSimpleName("AuthenticationRequest")
                    .should()
                    .callMethod(AuthenticationRequest.class, "toNotes")
                    .because("a request has one store");

    @ArchTest
    static final ArchRule A_CHANNEL_DOES_NOT_KNOW_ITS_CALLER =
            noClasses()
                    .that()
                    .resideInAPackage(HOUSE + "channel..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(HOUSE + "intake..")
                    .because("a channel delivers: it calls nobody back and stores nothing");

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

    private static boolean isGroundFloor(JavaClass type) {
        return GROUND_FLOOR.stream()
                .anyMatch(name -> type.getPackageName().startsWith(HOUSE + name));
    }

    /** The package below the pack's own, without what is below that. */
    private static String packageOf(JavaClass type) {
        return type.getPackageName().substring(HOUSE.length()).replaceFirst("\\..*", "");
    }

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
