package io.deltacat.server.http;

import io.deltacat.server.machine.Refusal;
import io.deltacat.server.machine.RefusalKind;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Decodes path segments and query strings. */
final class PercentCoding {
    private PercentCoding() {}

    static String decodePath(String segment) {
        return decode(segment.replace("+", "%2B"));
    }

    static Map<String, String> decodeQuery(String query) {
        Map<String, String> values = new LinkedHashMap<>();
        if (query.isEmpty()) {
            return values;
        }
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
            values.putIfAbsent(name, value);
        }
        return values;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Refusal.of(
                            RefusalKind.MALFORMED,
                            "path or query holds a broken percent escape; encode it as UTF-8 percent escapes")
                    .asException();
        }
    }
}
