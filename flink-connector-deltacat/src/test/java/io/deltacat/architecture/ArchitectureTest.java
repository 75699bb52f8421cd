package io.deltacat.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.deltacat.client.ForbiddenInClient;
import io.deltacat.flink.sink.ForbiddenInSink;
import io.deltacat.flink.types.ForbiddenInTypes;
import io.deltacat.format.ForbiddenInFormats;
import io.deltacat.server.ForbiddenInServer;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the main code of all modules below the connector, and the connector, to {@link ArchitectureRules}. */
class ArchitectureTest {

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar")) // test classes that modules share
            .importPackages("io.deltacat");

    private static final JavaClasses OFFENDERS = new ClassFileImporter()
            .importClasses(
                    ForbiddenInFormats.class,
                    ForbiddenInClient.class,
                    ForbiddenInTypes.class,
                    ForbiddenInTypes.Stateful.class,
                    ForbiddenInSink.class,
                    ForbiddenInServer.class);

    static Stream<Arguments> rules() {
        return Arrays.stream(ArchitectureRules.class.getDeclaredFields())
                .filter(field -> field.getType().equals(ArchRule.class))
                .map(field -> Arguments.of(field.getName(), rule(field)));
    }

    private static ArchRule rule(Field field) {
        try {
            return (ArchRule) field.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(field.toString(), e);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void theMainCodeKeeps(String name, ArchRule rule) {
        rule.check(MAIN);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void aClassThatBreaksItIsFoundBy(String name, ArchRule rule) {
        assertThat(rule.evaluate(OFFENDERS).hasViolation()).isTrue();
    }

    @Test
    void everyAllowedInternalClassIsStillUsed() {
        for (Map.Entry<String, String> allowed : ArchitectureRules.ALLOWED_INTERNALS.entrySet()) {
            boolean used = MAIN.stream()
                    .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                    .anyMatch(dependency ->
                            dependency.getTargetClass().getFullName().equals(allowed.getKey()));

            assertThat(used)
                    .as("'%s' is allowed since it %s", allowed.getKey(), allowed.getValue())
                    .isTrue();
        }
    }

    @Test
    void everyPurePackageIsThere() {
        List<String> missing = Arrays.stream(ArchitectureRules.PURE_PACKAGES)
                .filter(name -> !MAIN.containPackage(name))
                .toList();

        assertThat(missing).isEmpty();
    }
}
