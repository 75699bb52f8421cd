package io.deltacat.server.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.deltacat.client.model.PartitionKey;
import io.deltacat.client.model.PartitionKeyInput;
import io.deltacat.client.model.PartitionScheme;
import io.deltacat.client.model.PartitionSchemeInput;
import io.deltacat.client.model.SortKey;
import io.deltacat.client.model.SortKeyInput;
import io.deltacat.client.model.SortSchemeInput;
import io.deltacat.format.schema.ArrowSchemas;
import io.deltacat.format.schema.TypeNames;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemeRulesTest {
    private static final SchemaSpec SCHEMA = schema();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text | identity | identity",
                "text | | identity",
                "text | TRUNCATE(3) | truncate(3)",
                "text | bucket( 16 ) | bucket(16)",
                "text | bucket(4,iceberg) | bucket(4, iceberg)",
                "number | truncate(10) | truncate(10)",
                "number | void | void",
                "day | month | month",
                "time | hour | hour",
                "zoned | day | day",
                "bytes | bucket(2) | bucket(2)",
                "day | identity | identity"
            })
    void aTransformThatFitsItsColumnIsKeptInOneSpelling(String column, @Nullable String given, String kept) {
        PartitionScheme scheme = partition(column, given).orElseThrow();
        assertThat(scheme.keys()).containsExactly(new PartitionKey(List.of(column), kept));
        assertThat(scheme.id()).isEqualTo(TextNode.valueOf("new"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text | day | 'string'",
                "number | year | 'int64'",
                "day | hour | 'date32'",
                "real | truncate(2) | 'float64'",
                "bytes | identity | bucket(n)",
                "bytes | truncate(2) | 'binary'",
                "text | bucket | bucket(n)",
                "text | bucket(0) | positive",
                "text | weekly | 'weekly'",
                "none | identity | 'none'"
            })
    void aTransformThatDoesNotFitIsRefusedByName(String column, String transform, String named) {
        assertThatThrownBy(() -> partition(column, transform))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("partition_scheme.keys[0]")
                .hasMessageContaining(named);
    }

    @Test
    void aSchemeWithoutKeysMeansUnpartitioned() {
        assertThat(SchemeRules.partition("p", null, SCHEMA, "new")).isEmpty();
        assertThat(SchemeRules.partition("p", new PartitionSchemeInput(List.of(), null, null), SCHEMA, "new"))
                .isEmpty();
        assertThat(SchemeRules.sort("s", null, SCHEMA, "new")).isEmpty();
    }

    @Test
    void keysOfManyColumnsAndRepeatedKeysAreRefused() {
        assertRefused("2 columns", new PartitionKeyInput(List.of("text", "number"), null));
        assertRefused("0 columns", new PartitionKeyInput(List.of(), null));
        assertRefused(
                "repeats",
                new PartitionKeyInput(List.of("text"), null),
                new PartitionKeyInput(List.of("text"), "identity"));
    }

    @Test
    void aSchemaIsNeededForAScheme() {
        PartitionSchemeInput input =
                new PartitionSchemeInput(List.of(new PartitionKeyInput(List.of("text"), null)), null, null);
        assertThatThrownBy(() -> SchemeRules.partition("p", input, null, "new")).hasMessageContaining("schema_def");
    }

    @Test
    void aGivenIdIsKeptIfItIsTextOrNumber() {
        List<PartitionKeyInput> keys = List.of(new PartitionKeyInput(List.of("text"), null));
        assertThat(SchemeRules.partition("p", new PartitionSchemeInput(keys, IntNode.valueOf(7), null), SCHEMA, "new")
                        .orElseThrow()
                        .id())
                .isEqualTo(IntNode.valueOf(7));
        assertThatThrownBy(() -> SchemeRules.partition(
                        "p", new PartitionSchemeInput(keys, BooleanNode.TRUE, null), SCHEMA, "new"))
                .hasMessageContaining("p.id");
    }

    @Test
    void aSortKeyGetsItsDefaults() {
        assertThat(sort(new SortKeyInput(List.of("text", "number"), null, null, null)))
                .containsExactly(new SortKey(List.of("text", "number"), "at_end", "ascending", null));
        assertThat(sort(new SortKeyInput(List.of("day"), "AT_START", "Descending", "month")))
                .containsExactly(new SortKey(List.of("day"), "at_start", "descending", "month"));
    }

    @Test
    void aSortKeyThatCannotOrderIsRefused() {
        assertSortRefused("'upwards'", new SortKeyInput(List.of("text"), null, "upwards", null));
        assertSortRefused("null_order", new SortKeyInput(List.of("text"), "first", null, null));
        assertSortRefused("'none'", new SortKeyInput(List.of("none"), null, null, null));
        assertSortRefused("repeats", new SortKeyInput(List.of("text", "text"), null, null, null));
        assertSortRefused("no order", new SortKeyInput(List.of("list"), null, null, null));
        assertSortRefused("no column", new SortKeyInput(List.of(), null, null, null));
        SortSchemeInput unsorted = new SortSchemeInput(
                List.of(new SortKeyInput(List.of("text"), null, null, null)),
                TextNode.valueOf(SchemeRules.UNSORTED_ID),
                null);
        assertThatThrownBy(() -> SchemeRules.sort("s", unsorted, SCHEMA, "new")).hasMessageContaining("no order");
    }

    private static java.util.Optional<PartitionScheme> partition(String column, @Nullable String transform) {
        return SchemeRules.partition(
                "partition_scheme",
                new PartitionSchemeInput(List.of(new PartitionKeyInput(List.of(column), transform)), null, null),
                SCHEMA,
                "new");
    }

    private static List<SortKey> sort(SortKeyInput... keys) {
        return SchemeRules.sort("s", new SortSchemeInput(List.of(keys), null, null), SCHEMA, "new")
                .orElseThrow()
                .keys();
    }

    private static void assertRefused(String named, PartitionKeyInput... keys) {
        assertThatThrownBy(() ->
                        SchemeRules.partition("p", new PartitionSchemeInput(List.of(keys), null, null), SCHEMA, "new"))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining(named);
    }

    private static void assertSortRefused(String named, SortKeyInput... keys) {
        assertThatThrownBy(() -> sort(keys))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining(named);
    }

    private static SchemaSpec schema() {
        Schema schema = new Schema(List.of(
                TypeNames.field("text", "string", true),
                TypeNames.field("number", "int64", true),
                TypeNames.field("real", "float64", true),
                TypeNames.field("day", "date32", true),
                TypeNames.field("time", "timestamp[us]", true),
                TypeNames.field("zoned", "timestamp[ns, tz=UTC]", true),
                TypeNames.field("list", "list<item: int64>", true),
                TypeNames.field("bytes", "binary", true)));
        return new SchemaSpec(ArrowSchemas.toBase64(schema), List.of(), List.of());
    }
}
