package io.deltacat.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The layers of the server: each knows only those below it. */
class LayersTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("-tests.jar")) // test classes that modules share
            .importPackages("io.deltacat.server");

    @Test
    void everyLayerKnowsOnlyThoseBelow() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("start")
                .definedBy("io.deltacat.server")
                .layer("http")
                .definedBy("io.deltacat.server.http..")
                .layer("api")
                .definedBy("io.deltacat.server.api..")
                .layer("service")
                .definedBy("io.deltacat.server.service..")
                .layer("store")
                .definedBy("io.deltacat.server.store..")
                .layer("data")
                .definedBy("io.deltacat.server.data..")
                .layer("machine")
                .definedBy("io.deltacat.server.machine..")
                .whereLayer("start")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("http")
                .mayOnlyBeAccessedByLayers("start")
                .whereLayer("api")
                .mayOnlyBeAccessedByLayers("start", "http")
                .whereLayer("service")
                .mayOnlyBeAccessedByLayers("start", "api")
                .whereLayer("data")
                .mayOnlyBeAccessedByLayers("start", "service")
                .whereLayer("store")
                .mayOnlyBeAccessedByLayers("start", "service", "http")
                .check(CLASSES);
    }

    @Test
    void decisionsAreMadeWithoutClockThreadOrInputAndOutput() {
        noClasses()
                .that()
                .resideInAPackage("io.deltacat.server.machine..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.io..", "java.nio..", "java.sql..", "java.util.concurrent..", "org.slf4j..")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(java.util.UUID.class, "randomUUID")
                .check(CLASSES);
    }

    @Test
    void sqlStaysInTheStore() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.deltacat.server.store.sqlite..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "org.jdbi..", "org.sqlite..", "org.flywaydb..")
                .check(CLASSES);
    }

    @Test
    void onlyTheHttpEdgeKnowsItsLibrary() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.deltacat.server.http..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.undertow..", "org.xnio..")
                .check(CLASSES);
    }
}
