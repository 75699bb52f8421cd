package io.deltacat.format;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Holds the module to what it promises: no Hadoop, no parquet-java beyond the footer's structures, contracts on top. */
class ArchitectureTest {
    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.deltacat.format");

    @Test
    void nothingTouchesHadoop() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.hadoop..")
                .check(MAIN);
    }

    @Test
    void parquetJavaIsUsedForItsFooterStructuresOnly() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache.parquet.hadoop..", "org.apache.parquet.column..", "org.apache.parquet.io..")
                .check(MAIN);
        noClasses()
                .that()
                .resideOutsideOfPackage("io.deltacat.format.parquet..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.parquet..")
                .check(MAIN);
    }

    @Test
    void contractsDoNotKnowFormats() {
        noClasses()
                .that()
                .resideInAnyPackage("io.deltacat.format.batch", "io.deltacat.format.schema", "io.deltacat.format.file")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.deltacat.format.parquet..")
                .check(MAIN);
    }

    @Test
    void readingAndWritingDoNotKnowEachOther() {
        noClasses()
                .that()
                .resideInAPackage("..parquet.read..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("..parquet.write..")
                .check(MAIN);
        noClasses()
                .that()
                .resideInAPackage("..parquet.write..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("..parquet.read..")
                .check(MAIN);
    }

    @Test
    void hadoopIsNotOnTheClassPath() {
        assertThatThrownBy(() -> Class.forName("org.apache.hadoop.fs.FileSystem"))
                .isInstanceOf(ClassNotFoundException.class);
    }
}
