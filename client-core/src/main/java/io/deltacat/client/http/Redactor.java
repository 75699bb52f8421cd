package io.deltacat.client.http;

import io.deltacat.client.Secret;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Masks secrets in texts that end up in messages or logs: the client's own token and whatever looks like a credential. */
final class Redactor {
    private static final String MASK = "***";
    private static final Pattern JSON_SECRET = Pattern.compile(
            "(?i)([\"'][a-z0-9_.-]*(?:secret|token|password|authorization|access_?key)[a-z0-9_.-]*[\"']\\s*:\\s*)"
                    + "(\"(?:[^\"\\\\]|\\\\.)*\"?|'(?:[^'\\\\]|\\\\.)*'?)");
    private static final Pattern BEARER = Pattern.compile("(?i)(bearer\\s+)[^\\s\"'<>,;]+");
    private static final Pattern SIGNED_QUERY = Pattern.compile(
            "(?i)((?:x-amz-signature|x-amz-credential|x-amz-security-token|x-goog-signature|sig|signature|access_token)=)"
                    + "[^&\\s\"'<>]+");

    private final @Nullable Secret token;

    Redactor(@Nullable Secret token) {
        this.token = token;
    }

    String mask(String text) {
        String masked = token == null ? text : text.replace(token.reveal(), MASK);
        masked = JSON_SECRET.matcher(masked).replaceAll("$1\"***\"");
        masked = BEARER.matcher(masked).replaceAll("$1***");
        return SIGNED_QUERY.matcher(masked).replaceAll("$1***");
    }
}
