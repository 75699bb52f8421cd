package io.deltacat.client.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;

class WireJsonTest {
    private final JsonMapper client = WireJson.clientMapper();

    @Test
    void namesAreSnakeCaseAndUnknownKeysAreIgnored() throws Exception {
        TableExists reply = client.readValue(
                "{\"exists\":true,\"namespace\":\"n\",\"table\":\"t\",\"new_key\":{}}", TableExists.class);
        assertThat(reply).isEqualTo(new TableExists(true, "n", "t"));
        assertThat(client.writeValueAsString(new TransactionAbortRequest(3, null)))
                .isEqualTo("{\"transaction_version\":3}");
    }

    @Test
    void repliesWithoutATextTheyMustHaveAreRefused() {
        assertThatThrownBy(() -> client.readValue("{\"exists\":true,\"namespace\":\"n\"}", TableExists.class))
                .isInstanceOf(MismatchedInputException.class)
                .hasMessageContaining("table");
        assertThatThrownBy(() ->
                        client.readValue("{\"exists\":true,\"namespace\":\"n\",\"table\":null}", TableExists.class))
                .isInstanceOf(InvalidNullException.class);
    }

    @Test
    void absentListsAreEmptyOrNullAsTheRecordSays() throws Exception {
        ReadPlan plan =
                client.readValue("{\"content_type\":\"parquet\",\"namespace\":\"n\",\"table\":\"t\"}", ReadPlan.class);
        assertThat(plan.scanTasks()).isEmpty();
        assertThat(plan.mergeKeys()).isNull();
        assertThat(plan.truncated()).isFalse();
    }

    @Test
    void decimalsKeepTheirDigits() throws Exception {
        ColumnStatistics statistics =
                client.readValue("{\"min\":1.10,\"max\":18446744073709551615}", ColumnStatistics.class);
        assertThat(client.writeValueAsString(statistics)).isEqualTo("{\"min\":1.10,\"max\":18446744073709551615}");
    }

    @Test
    void credentialsAreReadInEverySpelling() throws Exception {
        for (String key : new String[] {"access_key_id", "aws_access_key_id", "AccessKeyId"}) {
            assertThat(client.readValue("{\"" + key + "\":\"k\"}", StorageCredential.class)
                            .accessKeyId())
                    .isEqualTo("k");
        }
    }
}
