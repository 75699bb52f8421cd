package io.deltacat.client.model;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A storage credential vended by the server (protocol/data-plane.md §5). It is never written to checkpoint state, logs
 * or messages; {@link #toString()} hides every secret.
 *
 * @param type sts, static, aws_profile, aws_sso_profile or default_chain; null on old servers
 * @param accessKeyId key id
 * @param secretAccessKey secret
 * @param sessionToken token of a temporary credential
 * @param region region, or null for the root's own
 * @param expiresAt ISO instant of expiry
 * @param expiresAtEpoch expiry in seconds since epoch
 * @param expiresInSeconds remaining life in seconds at the time of the reply
 * @param leaseId lease behind a renewable credential
 * @param renewable whether {@code refreshEndpoint} can renew it
 * @param refreshEndpoint path that renews it
 * @param refreshMethod HTTP method for it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StorageCredential(
        @Nullable String type,

        @JsonAlias({"AccessKeyId", "aws_access_key_id"}) @Nullable
        String accessKeyId,

        @JsonAlias({"SecretAccessKey", "aws_secret_access_key"}) @Nullable
        String secretAccessKey,

        @JsonAlias({"SessionToken", "aws_session_token"}) @Nullable
        String sessionToken,

        @JsonAlias("aws_region") @Nullable String region,
        @Nullable String expiresAt,
        @Nullable Double expiresAtEpoch,
        @Nullable Double expiresInSeconds,
        @Nullable String leaseId,
        @Nullable Boolean renewable,
        @Nullable String refreshEndpoint,
        @Nullable String refreshMethod) {

    @Override
    public String toString() {
        return "StorageCredential[type=" + type + ", region=" + region + ", expiresAt=" + expiresAt + ", secrets=***]";
    }
}
