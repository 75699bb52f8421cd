package io.deltacat.server.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.deltacat.format.schema.TypeNames;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InlineRowsTest {
    @Test
    void columnsAndRowObjectsAreTheSameRows() {
        InlineRows columns = rows("{'a':[1,2],'b':['x',null]}");
        InlineRows objects = rows("[{'a':1,'b':'x'},{'a':2,'b':null}]");
        assertThat(objects).isEqualTo(columns);
        assertThat(columns.columns()).containsExactly("a", "b");
        assertThat(rows("[{'b':1},{'a':2}]").columns()).containsExactly("b", "a");
        assertThat(rows("{}").rows()).isEmpty();
        assertThat(rows("[]").rows()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "[1,null];int64",
                "[1,0.5];float64",
                "[0.5,1];float64",
                "['x'];string",
                "[false];bool",
                "[18446744073709551616];float64"
            })
    void aTypeIsTheOneAllValuesFit(String values, String type) {
        assertThat(TypeNames.displayName(rows("{'c':" + values + "}").inferred("c")))
                .isIn(type, type.replace("float64", "double"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"[1,'x'];mixes int64 and string", "[null];no value", "[[1]];is nested", "[];no value"})
    void noTypeIsGuessed(String values, String why) {
        assertThatThrownBy(() -> rows("{'c':" + values + "}").inferred("c"))
                .hasMessageContaining("data.c")
                .hasMessageContaining(why);
    }

    private static InlineRows rows(String json) {
        try {
            return InlineRows.of(JsonMapper.builder().build().readTree(json.replace('\'', '"')));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
