package io.deltacat.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.io.Serializable;
import java.lang.annotation.Annotation;
import java.util.Map;
import java.util.Set;
import org.apache.flink.annotation.Experimental;
import org.apache.flink.annotation.Internal;
import org.apache.flink.annotation.Public;
import org.apache.flink.annotation.PublicEvolving;

/** The rules that keep the modules apart and the code pure where it says it is. */
final class ArchitectureRules {

    /** Internal classes of Flink that the connector uses all the same, each with its reason. */
    static final Map<String, String> ALLOWED_INTERNALS = Map.ofEntries(
            Map.entry(
                    "org.apache.flink.api.dag.Transformation",
                    "tells what lies in front of a sink while its job is built"),
            Map.entry(
                    "org.apache.flink.streaming.api.transformations.PartitionTransformation",
                    "stands between the writers of a sink and what comes after them"),
            Map.entry(
                    "org.apache.flink.streaming.api.transformations.WithBoundedness",
                    "tells whether the input of a sink ends"),
            Map.entry(
                    "org.apache.flink.streaming.api.transformations.LegacySourceTransformation",
                    "INSERT INTO … VALUES comes through one that declares itself unbounded"),
            Map.entry(
                    "org.apache.flink.streaming.api.operators.InputFormatOperatorFactory",
                    "tells that such a source ends"),
            Map.entry(
                    "org.apache.flink.streaming.runtime.streamrecord.StreamRecord",
                    "the element type of every operator, so also of the one that prepares commits"),
            Map.entry(
                    "org.apache.flink.core.memory.MemorySegment",
                    "strings of a batch are views, which need the segment they lie in"),
            Map.entry(
                    "org.apache.flink.core.memory.MemorySegmentFactory",
                    "wraps the bytes of a batch once for all its strings"),
            Map.entry("org.apache.flink.table.runtime.typeutils.InternalTypeInfo", "the type information of RowData"),
            Map.entry(
                    "org.apache.flink.table.data.binary.BinaryStringData",
                    "the only StringData over bytes that are not copied, and cached per dictionary entry"),
            Map.entry(
                    "org.apache.flink.streaming.api.transformations.SinkTransformation",
                    "tells the other sinks of a job, so that two with one id are refused"),
            Map.entry(
                    "org.apache.flink.table.data.binary.BinaryRowData",
                    "rows and keys as bytes, so that changes wait in bounded memory without an object each"),
            Map.entry(
                    "org.apache.flink.table.data.writer.BinaryRowWriter",
                    "writes the keys of rows as such bytes, without boxing"),
            Map.entry(
                    "org.apache.flink.table.runtime.typeutils.RowDataSerializer",
                    "turns rows of any class into such bytes"));

    /** Values that travel inside what Flink ships by Java serialization. */
    private static final Set<String> SHIPPED_INSIDE = Set.of(
            "io.deltacat.flink.sink.SinkSpec",
            "io.deltacat.flink.sink.SinkSpec$Target",
            "io.deltacat.flink.sink.SinkSpec$Rows",
            "io.deltacat.flink.sink.SinkSpec$Files",
            "io.deltacat.flink.sink.SinkSpec$Commits",
            "io.deltacat.flink.sink.SinkSpec$Routing",
            "io.deltacat.flink.sink.TableLayout",
            "io.deltacat.flink.sink.TableLayout$PartitionColumn",
            "io.deltacat.flink.source.enumerator.DiscoveryRules",
            "io.deltacat.flink.source.enumerator.EnumeratorOptions",
            "io.deltacat.flink.source.enumerator.ReadRange",
            "io.deltacat.flink.source.enumerator.SubscriptionRules",
            "io.deltacat.flink.source.feed.HistoryRules",
            "io.deltacat.flink.source.reader.MergeColumns",
            "io.deltacat.flink.source.reader.ReadSpec");

    /** Packages whose classes decide and never act: no clock, no randomness, no sleep of their own. */
    static final String[] PURE_PACKAGES = {
        "io.deltacat.format.batch",
        "io.deltacat.format.schema",
        "io.deltacat.client.filter",
        "io.deltacat.client.model",
        "io.deltacat.client.partition",
        "io.deltacat.client.read.merge",
        "io.deltacat.flink.table",
        "io.deltacat.flink.types",
        "io.deltacat.server.machine"
    };

    private static final Map<String, Set<String>> AMBIENT = Map.of(
            "java.lang.System", Set.of("currentTimeMillis", "nanoTime"),
            "java.lang.Math", Set.of("random"),
            "java.lang.Thread", Set.of("sleep"),
            "java.util.UUID", Set.of("randomUUID"),
            "java.util.concurrent.ThreadLocalRandom", Set.of("current"),
            "java.time.Instant", Set.of("now"),
            "java.time.LocalDate", Set.of("now"),
            "java.time.LocalDateTime", Set.of("now"),
            "java.time.Clock", Set.of("systemUTC", "systemDefaultZone", "system"));

    private ArchitectureRules() {}

    static final ArchRule FORMATS_KNOW_NOTHING_ABOVE = noClasses()
            .that()
            .resideInAPackage("io.deltacat.format..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.deltacat.client..",
                    "io.deltacat.flink..",
                    "io.deltacat.server..",
                    "org.apache.flink..",
                    "okhttp3..")
            .because("file-formats is below everything: no HTTP, no Flink");

    static final ArchRule THE_CLIENT_KNOWS_NEITHER_FLINK_NOR_SERVER = noClasses()
            .that()
            .resideInAPackage("io.deltacat.client..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.deltacat.flink..", "io.deltacat.server..", "org.apache.flink..")
            .because("client-core is for plain Java programs");

    static final ArchRule NOTHING_KNOWS_THE_SERVER = noClasses()
            .that()
            .resideInAnyPackage("io.deltacat.flink..", "io.deltacat.client..", "io.deltacat.format..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.deltacat.server..")
            .because("the local server is a counterpart, not a part");

    static final ArchRule THE_SERVER_KNOWS_NO_FLINK = noClasses()
            .that()
            .resideInAPackage("io.deltacat.server..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.deltacat.flink..", "org.apache.flink..")
            .because("the local server is useful by itself");

    static final ArchRule FLINK_INTERNALS_ARE_NAMED = noClasses()
            .that()
            .resideInAPackage("io.deltacat.flink..")
            .should()
            .dependOnClassesThat(internalToFlink())
            .because("internal classes change without notice; the few we use are listed with their reason");

    static final ArchRule EXPERIMENTAL_TOPOLOGY_IN_ONE_PACKAGE = noClasses()
            .that()
            .resideInAPackage("io.deltacat.flink..")
            .and()
            .resideOutsideOfPackage("io.deltacat.flink.sink.commit")
            .and()
            .doNotHaveFullyQualifiedName("io.deltacat.flink.sink.DeltaCatSink")
            .and()
            .doNotHaveFullyQualifiedName("io.deltacat.flink.sink.RoutingSink")
            .and()
            .doNotHaveFullyQualifiedName("io.deltacat.flink.sink.CommitPath")
            .should()
            .dependOnClassesThat(
                    resideInAPackage("org.apache.flink..").and(annotated(Experimental.class, "marked @Experimental")))
            .because("the commit topology is experimental in Flink; a change there must be mended in one place");

    static final ArchRule NOBODY_KNOWS_HADOOP = noClasses()
            .that()
            .resideInAPackage("io.deltacat..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.hadoop..")
            .because("neither a cluster nor a plain Java program should need Hadoop to read a file");

    static final ArchRule NO_JAVA_SERIALIZATION_OF_STATE = noClasses()
            .that()
            .resideInAPackage("io.deltacat..")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.io.ObjectOutputStream")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.io.ObjectInputStream")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("org.apache.flink.util.InstantiationUtil")
            .because("state has its own versioned formats, readable by later releases");

    static final ArchRule SERIALIZABLE_ONLY_WHERE_FLINK_FORCES_IT = classes()
            .that()
            .resideInAPackage("io.deltacat.flink..")
            .and()
            .areAssignableTo(Serializable.class)
            .and()
            .areNotEnums()
            .should()
            .beAssignableTo(
                    describe("a type that Flink ships by Java serialization", ArchitectureRules::shippedByFlink))
            .because(
                    "Flink ships sources, sinks, operators, functions and events that way; nothing else of ours may rely on it");

    static final ArchRule PURE_PACKAGES_ASK_NO_CLOCK_AND_NO_DICE = noClasses()
            .that()
            .resideInAnyPackage(PURE_PACKAGES)
            .should()
            .accessTargetWhere(describe("it is the clock, randomness or sleep", ArchitectureRules::ambient))
            .because("clock, randomness and pauses come in from outside, so that tests can set them");

    static final ArchRule ONLY_NAMED_CLASSES_SLEEP = noClasses()
            .that()
            .resideInAPackage("io.deltacat..")
            .and()
            .haveSimpleNameNotStartingWith("System")
            .should()
            .callMethod(Thread.class, "sleep", long.class)
            .because("waiting is an effect that lives behind a port, in the class System…");

    static final ArchRule PUBLIC_CLASSES_SAY_WHOM_THEY_ARE_FOR = classes()
            .that()
            .resideInAPackage("io.deltacat.flink..")
            .and()
            .arePublic()
            .and()
            .areTopLevelClasses()
            .and()
            .haveSimpleNameNotEndingWith("package-info")
            .should()
            .beAnnotatedWith(PublicEvolving.class)
            .orShould()
            .beAnnotatedWith(Public.class)
            .orShould()
            .beAnnotatedWith(Internal.class)
            .because("users must be able to tell what stays");

    private static DescribedPredicate<JavaClass> internalToFlink() {
        return resideInAPackage("org.apache.flink..")
                .and(annotated(Internal.class, "marked @Internal"))
                .and(describe(
                        "not on the list",
                        type -> !ALLOWED_INTERNALS.containsKey(outermost(type).getFullName())));
    }

    private static DescribedPredicate<JavaClass> annotated(Class<? extends Annotation> annotation, String text) {
        return describe(
                text,
                type -> type.isAnnotatedWith(annotation) || outermost(type).isAnnotatedWith(annotation));
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(ArchitectureRules::outermost).orElse(type);
    }

    private static boolean shippedByFlink(JavaClass type) {
        boolean flinks = type.getAllRawInterfaces().stream()
                        .anyMatch(parent -> parent.getPackageName().startsWith("org.apache.flink"))
                || type.getAllRawSuperclasses().stream()
                        .anyMatch(parent -> parent.getPackageName().startsWith("org.apache.flink"));
        return flinks
                || SHIPPED_INSIDE.contains(type.getFullName())
                || type.isAssignableTo(Throwable.class)
                || type.isMetaAnnotatedWith(PublicEvolving.class);
    }

    private static boolean ambient(JavaAccess<?> access) {
        AccessTarget target = access.getTarget();
        Set<String> methods = AMBIENT.getOrDefault(target.getOwner().getFullName(), Set.of());
        boolean seedless = target.getFullName().equals("java.util.Random.<init>()");
        return seedless || methods.contains(target.getName());
    }
}
