package io.deltacat.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Documents that name a test class or link to a file are right about it. */
class DocumentationTest {
    private static final List<String> DOCUMENTS = List.of("README.md", "CONTRIBUTING.md", "docs/architecture.md");
    private static final Pattern TEST_CLASS = Pattern.compile("\\b([A-Z][A-Za-z0-9]*[a-z0-9](?:Test|IT))\\b");
    private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)#]+)(?:#[^)]*)?\\)");
    /** Directories that hold nothing of ours. */
    private static final Set<String> FOREIGN = Set.of("target", ".git", ".venv", "node_modules");
    /** How CONTRIBUTING.md calls tests in general. */
    private static final Set<String> EXAMPLES = Set.of("FooTest", "FooIT", "FooSimulationTest", "FooGoldenTest");

    @Test
    void namedTestClassesExist() throws IOException {
        Set<String> known = testClasses();
        for (String document : DOCUMENTS) {
            Matcher matcher = TEST_CLASS.matcher(text(document));
            Set<String> unknown = new TreeSet<>();
            while (matcher.find()) {
                if (!known.contains(matcher.group(1)) && !EXAMPLES.contains(matcher.group(1))) {
                    unknown.add(matcher.group(1));
                }
            }
            assertThat(unknown)
                    .as(document + " names test classes that are not there")
                    .isEmpty();
        }
    }

    @Test
    void linksLeadToFiles() throws IOException {
        for (String document : DOCUMENTS) {
            Path directory = Repository.root().resolve(document).getParent();
            Matcher matcher = LINK.matcher(text(document));
            List<String> broken = new ArrayList<>();
            while (matcher.find()) {
                if (!Files.exists(directory.resolve(matcher.group(1)))) {
                    broken.add(matcher.group(1));
                }
            }
            assertThat(broken)
                    .as(document + " links to files that are not there")
                    .isEmpty();
        }
    }

    private static String text(String document) throws IOException {
        return Files.readString(Repository.root().resolve(document));
    }

    private static Set<String> testClasses() throws IOException {
        Set<String> names = new TreeSet<>();
        Files.walkFileTree(Repository.root(), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                return FOREIGN.contains(directory.getFileName().toString())
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                String name = file.getFileName().toString();
                if (name.endsWith("Test.java") || name.endsWith("IT.java")) {
                    names.add(name.substring(0, name.length() - ".java".length()));
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return names;
    }
}
