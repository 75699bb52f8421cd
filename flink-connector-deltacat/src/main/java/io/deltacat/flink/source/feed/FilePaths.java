package io.deltacat.flink.source.feed;

import io.deltacat.client.model.DataRootInfo;
import io.deltacat.client.model.ReadPlan;
import io.deltacat.flink.source.DeltaCatSourceException;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.annotation.Internal;

/**
 * Makes the urls of delta listings absolute. A server may list them absolute, as {@code {{rootName}}/relative}, or relative
 * to the only data root (protocol/data-plane.md §1.4, §6.1). Immutable.
 */
@Internal
final class FilePaths {
    private static final Pattern NAMED_ROOT = Pattern.compile("\\{\\{([^{}]+)}}/?(.*)", Pattern.DOTALL);
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.*", Pattern.DOTALL);

    private final String table;
    private final Map<String, String> roots;

    private FilePaths(String table, Map<String, String> roots) {
        this.table = table;
        this.roots = roots;
    }

    /**
     * Takes the data roots from a plan.
     *
     * @param table table name, for error texts
     * @param plan any plan of the table
     * @return the resolver
     */
    static FilePaths of(String table, ReadPlan plan) {
        Map<String, String> roots = new TreeMap<>();
        Map<String, DataRootInfo> known = plan.dataRoots();
        if (known != null) {
            known.forEach((name, root) -> roots.put(name, root.root()));
        }
        return new FilePaths(table, roots);
    }

    /**
     * Makes a url absolute.
     *
     * @param delta the delta, for the error text
     * @param url what the listing said
     * @return an absolute path or URI
     * @throws DeltaCatSourceException.UnsupportedTable when the server's data roots do not resolve it
     */
    String absolute(DeltaRef delta, String url) {
        Matcher named = NAMED_ROOT.matcher(url);
        if (named.matches()) {
            String root = roots.get(named.group(1));
            if (root == null) {
                throw unresolved(delta, url);
            }
            return join(root, named.group(2));
        }
        if (url.startsWith("/") || SCHEME.matcher(url).matches()) {
            return url;
        }
        if (roots.size() != 1) {
            throw unresolved(delta, url);
        }
        return join(roots.values().iterator().next(), url);
    }

    private static String join(String root, String relative) {
        return root.endsWith("/") ? root + relative : root + "/" + relative;
    }

    private DeltaCatSourceException unresolved(DeltaRef delta, String url) {
        return new DeltaCatSourceException.UnsupportedTable(
                "Table %s, delta %s: the listing gives file '%s', which the data roots %s do not resolve; expected an absolute path. Use the plan feed ('scan.discovery.feed' = 'plan') for this table."
                        .formatted(table, delta, url, roots.keySet()));
    }
}
